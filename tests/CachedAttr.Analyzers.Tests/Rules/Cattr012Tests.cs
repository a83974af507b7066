namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A method needs something to do.</summary>
public sealed class Cattr012Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int [|Get|](int id); int GetCore(long id) => 0;")]
    [InlineData("[InvalidateCache(\"x\")] public partial void [|Drop|]();")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<int> [|GetAsync|](int id); Task<int> GetAsyncCore(int id) => null!;")]
    [InlineData("[Cached(Ttl = 60, Loader = \"Load\")] public partial int [|Get|](int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public static partial int [|Get|](int id); int GetCore(int id) => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!;")]
    [InlineData("[Cached(Ttl = 60, Loader = nameof(Load))] public partial int Get(int id); int Load(int id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public static partial int Get(int id); static int GetCore(int id) => 0;")]
    [InlineData("[InvalidateCache(\"x\")] public partial void Drop(); internal void DropCore() { }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
