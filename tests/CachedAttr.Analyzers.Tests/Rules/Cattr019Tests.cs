namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The method does not use the cache of its class.</summary>
public sealed class Cattr019Tests : RuleTests<DeclarationAnalyzer>
{
    private const string Keyed = "[Microsoft.Extensions.DependencyInjection.FromKeyedServices(\"catalog\")] ";
    private const string Hidden = "public abstract class Root { private readonly Cache _cache; protected Root(Cache cache) => _cache = cache; public bool IsOn => _cache.Enabled; } ";

    [Theory]
    [InlineData("public partial class S(Cache cache) { bool IsOn => cache.Enabled; [Cached(Ttl = 60)] public static partial int [|Get|](int id); static int GetCore(int id) => id; }")]
    [InlineData("public partial class S { private readonly Cache _cache = Cache.Default; [InvalidateCache(\"x\")] public static partial void [|Drop|](); static void DropCore() { } }")]
    [InlineData(Hidden + "public partial class S : Root { public S(Cache cache) : base(cache) { } [Cached(Ttl = 60)] public partial int [|Get|](int id); int GetCore(int id) => id; }")]
    [InlineData("public partial class S(" + Keyed + "Cache cache) { bool IsOn => cache.Enabled; [Cached(Ttl = 60)] public partial int [|Get|](int id); int GetCore(int id) => id; }")]
    [InlineData("public partial class S { public S(Cache cache) => IsOn = cache.Enabled; bool IsOn { get; } [CachePut(\"x\")] public partial int [|Put|](); int PutCore() => 0; }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(source);

    [Theory]
    [InlineData("public static partial class S { [Cached(Ttl = 60)] public static partial int Get(int id); static int GetCore(int id) => id; }")]
    [InlineData("public partial class S { static Cache Shared => Cache.Default; readonly Cache _own = Shared; bool IsOn => _own.Enabled; [Cached(Ttl = 60)] public static partial int Get(int id); static int GetCore(int id) => id; }")]
    [InlineData("public partial class S { [Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => id; }")]
    [InlineData("public partial class S(" + Keyed + "Cache cache) { [Cached(Ttl = 60, Cache = \"catalog\")] public partial int Get(int id); int GetCore(int id) => id; }")]
    [InlineData("public partial class S(Cache? cache = null) { [Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => id; }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(source);

    [Theory]
    [InlineData("Cache cache", "static ", "make it an instance method, or give the class a static member of type Cache")]
    [InlineData(Keyed + "Cache cache", "", "name it by Cache = \"catalog\"")]
    public async Task The_message_says_how_to_reach_it(string parameter, string modifier, string wayOut)
    {
        var messages = await ReportsAsync(
            $"public partial class S({parameter}) {{ bool IsOn => cache.Enabled; [Cached(Ttl = 60)] public {modifier}partial int [|Get|](int id); {modifier}int GetCore(int id) => id; }}");
        Assert.Equal("'Get' uses Cache.Default, because it cannot reach 'cache': " + wayOut, Assert.Single(messages));
    }
}
