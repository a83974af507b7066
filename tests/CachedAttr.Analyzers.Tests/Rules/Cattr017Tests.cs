namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A method caches or invalidates.</summary>
public sealed class Cattr017Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60), InvalidateCache(\"x\")] public partial int [|Get|](); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60)] [InvalidateCache(\"x\")] public partial Task<int> [|GetAsync|](int id); Task<int> GetCoreAsync(int id) => null!;")]
    [InlineData("[InvalidateCache(\"x\"), InvalidateCache(\"y\"), Cached(Ttl = 60)] public static partial int [|Get|](); static int GetCore() => 0;")]
    [InlineData("[InvalidateCache(\"x\")] [Cached(\"y\", Ttl = 60)] private partial string [|Name|](); string NameCore() => \"\";")]
    [InlineData("[Cached(Ttl = 60), CachePut(\"x\")] public partial int [|Get|](); int GetCore() => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[InvalidateCache(\"x\")] public partial int Set(); int SetCore() => 0;")]
    [InlineData("[InvalidateCache(\"x\"), InvalidateCache(\"y\")] public partial int Set(); int SetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; [InvalidateCache(\"x\")] public partial int Set(); int SetCore() => 0;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
