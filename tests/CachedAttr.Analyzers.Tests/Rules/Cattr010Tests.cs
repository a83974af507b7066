namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A cached or invalidating method is partial.</summary>
public sealed class Cattr010Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60)] public int [|Get|](int id) => id;")]
    [InlineData("[Cached(Ttl = 60)] public async Task<int> [|GetAsync|](int id) { await Task.Yield(); return id; }")]
    [InlineData("[InvalidateCache(\"x\")] public void [|Drop|]() { }")]
    [InlineData("[Cached(\"x\", Ttl = 60)] private static string [|Name|](int id) => \"\";")]
    [InlineData("[Cached(Ttl = 60)] public partial int [|Own|](); public partial int Own() => 0;")]
    [InlineData("public partial int Own(); [Cached(Ttl = 60)] public partial int [|Own|]() => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[InvalidateCache(\"x\")] public partial void Drop(); void DropCore() { }")]
    [InlineData("public int Get(int id) => id;")]
    [InlineData("[Obsolete] public partial int Own(); public partial int Own() => 0;")]
    [InlineData("[Cached(Ttl = 60)] private static partial string Name(int id); static string NameCore(int id) => \"\";")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public Task<int> [|GetAsync|]() => null!;", "'GetAsync' has to be partial: its body goes into 'GetCoreAsync', and the build writes this one")]
    [InlineData("[Cached(Ttl = 60)] public partial int [|Own|](); public partial int Own() => 0;", "'Own' is implemented by hand, so that its attribute does nothing: its body goes into 'OwnCore', and the build writes this one")]
    public async Task The_message_names_the_Core(string source, string message) => Assert.Equal(message, Assert.Single(await ReportsAsync(Service(source))));
}
