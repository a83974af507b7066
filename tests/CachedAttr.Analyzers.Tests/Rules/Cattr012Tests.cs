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
    [InlineData("[Cached(Ttl = 60)] public partial Task<string> [|GetAsync|](int id); Task<string?> GetCoreAsync(int id) => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial string [|Get|](int id); string? GetCore(int id) => null;")]
    [InlineData("[Cached(\"x\", Ttl = 60)] public partial int [|Get|](string? id); int GetCore(string id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial IReadOnlyList<string> [|Get|](); IReadOnlyList<string?> GetCore() => [];")]
    [InlineData("[InvalidateCache(\"x\")] public partial ValueTask<string> [|DropAsync|](); ValueTask<string?> DropCoreAsync() => default;")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<string> [|GetAsync|](); Task<string> GetCoreAsync(CacheEntryContext<string?> entry) => null!;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!;")]
    [InlineData("[Cached(Ttl = 60, Loader = nameof(Load))] public partial int Get(int id); int Load(int id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public static partial int Get(int id); static int GetCore(int id) => 0;")]
    [InlineData("[InvalidateCache(\"x\")] public partial void Drop(); internal void DropCore() { }")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<string?> GetAsync(int id); Task<string> GetCoreAsync(int id) => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial string? Get(int id); string GetCore(int id) => \"\";")]
    [InlineData("[Cached(\"x\", Ttl = 60)] public partial int Get(string id); int GetCore(string? id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial IReadOnlyList<string?> Get(); IReadOnlyList<string> GetCore() => [];")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<T?> GetAsync<T>(int id) where T : class; Task<T?> GetCoreAsync<T>(int id) where T : class => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<(string? Name, int Count)> GetAsync(); Task<(string Name, int Count)> GetCoreAsync() => null!;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Theory]
    [InlineData("public partial int [|Get|](int id)", "", ": write it, or name another with Loader")]
    [InlineData("public partial int [|Get|](int id)", "int GetCore(long id) => 0;", "; the one that is there takes (long), not (int): correct it, or name another with Loader")]
    [InlineData("public partial string [|Get|](int id)", "string? GetCore(int id) => null;", "; the one that is there returns string?, not string: correct it, or name another with Loader")]
    [InlineData("public static partial int [|Get|](int id)", "int GetCore(int id) => 0;", "; the one that is there is not static: correct it, or name another with Loader")]
    public async Task The_message_says_what_differs(string declaration, string core, string wayOut) => Assert.Equal(
        "'Get' has no 'GetCore' with the same parameters and return type" + wayOut, Assert.Single(await ReportsAsync(Service($"[Cached(Ttl = 60)] {declaration}; {core}"))));

    [Fact]
    public async Task A_Core_that_is_called_otherwise_is_named() => Assert.Equal(
        "'GetAsync' has no 'GetCoreAsync' with the same parameters and return type: rename 'GetAsyncCore', or name it with Loader",
        Assert.Single(await ReportsAsync(Service("[Cached(Ttl = 60)] public partial Task<int> [|GetAsync|](int id); Task<int> GetAsyncCore(int id) => null!;"))));
}
