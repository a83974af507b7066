namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A parameter is not in the key.</summary>
public sealed class Cattr021Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id, int [|page|]); int GetCore(int id, int page) => 0;")]
    [InlineData("[Cached(\"list:{owner}\", Ttl = 60)] public partial int Get(string owner, string [|filter|], CancellationToken ct); int GetCore(string owner, string filter, CancellationToken ct) => 0;")]
    [InlineData("[Cached(\"{a}\", Ttl = 60)] public partial int Get(int a, int [|b|], int [|c|]); int GetCore(int a, int b, int c) => 0;")]
    [InlineData("[Cached(\"x\", Ttl = 60, KeyBuilder = nameof(Key))] public partial int Get(int id, int [|page|]); int GetCore(int id, int page) => 0; static string Key(int id) => \"\";")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"server\", Ttl = 60)] public partial int Get(int id, int page); int GetCore(int id, int page) => 0;")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id, [CacheKeyIgnore] string trace); int GetCore(int id, string trace) => 0;")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id, CancellationToken ct); int GetCore(int id, CancellationToken ct) => 0;")]
    [InlineData("[Cached(\"v:{version.Major}\", Ttl = 60)] public partial int Get(Version version); int GetCore(Version version) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(int a, int b, int c); int GetCore(int a, int b, int c) => 0;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
