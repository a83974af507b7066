namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The named cache is missing.</summary>
public sealed class Cattr018Tests : RuleTests<DeclarationAnalyzer>
{
    private const string Keyed = "[Microsoft.Extensions.DependencyInjection.FromKeyedServices";

    [Theory]
    [InlineData("public partial class S(Cache cache) { Cache Own => cache; [Cached(\"s\", Ttl = 60, Cache = [|\"catalog\"|])] public partial int Get(); int GetCore() => 0; }")]
    [InlineData("public partial class S { [InvalidateCache(\"x\", Cache = [|\"catalog\"|])] public partial void Drop(); void DropCore() { } }")]
    [InlineData("public partial class S { [CachePut(\"x\", Cache = [|\"catalog\"|])] public partial int Put(); int PutCore() => 1; }")]
    [InlineData("public partial class S(" + Keyed + "(\"other\")] Cache catalog) { Cache Own => catalog; [Cached(\"s\", Ttl = 60, Cache = [|\"catalog\"|])] public partial int Get(); int GetCore() => 0; }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(source);

    [Theory]
    [InlineData("public partial class S(" + Keyed + "(\"catalog\")] Cache other) { [Cached(\"s\", Ttl = 60, Cache = \"catalog\")] public partial int Get(); int GetCore() => 0; }")]
    [InlineData("public partial class S(Cache catalog, Cache cache) { [Cached(\"s\", Ttl = 60, Cache = \"catalog\")] public partial int Get(); int GetCore() => cache.Enabled ? 1 : 0; }")]
    [InlineData("public partial class S { private readonly Cache _catalogCache = Cache.Default; [CachePut(\"x\", Cache = \"catalog\")] public partial int Put(); int PutCore() => 1; }")]
    [InlineData("public partial class S(Cache cache) { [Cached(\"s\", Ttl = 60)] public partial int Get(); int GetCore() => 0; }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(source);
}
