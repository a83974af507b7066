namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A time to live is over the maximum.</summary>
public sealed class Cattr002Tests : RuleTests<ExpiryAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = [|60 * 60 * 24 * 30|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = [|86401|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("const int Day = 24 * 60 * 60; [Cached(\"x\", Ttl = [|7 * Day|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60, NullTtl = [|1e6|])] public partial string? Find(int id); string? FindCore(int id) => null;")]
    [InlineData("[Cached(Ttl = [|double.MaxValue|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[CachePut(\"a:{id}\", Ttl = [|1e6|])] public partial int Set(int id); int SetCore(int id) => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 86400)] public partial int Get(); int GetCore() => 0;")]
    [InlineData("const int Day = 24 * 60 * 60; [Cached(Ttl = Day / 2)] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60, NullTtl = 5)] public partial string? Find(int id); string? FindCore(int id) => null;")]
    [InlineData("[Cached] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Policy = \"long\")] public partial int Get(); int GetCore() => 0;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Fact]
    public async Task The_maximum_is_a_setting_and_the_message_says_how_long_is_meant()
    {
        const string Source = "[Cached(Ttl = [|60 * 60 * 2|])] public partial int Get(); int GetCore() => 0;";
        var messages = await ReportsAsync(Service(Source), ("cachedattr_max_ttl_seconds", "600"));
        Assert.Equal(
            "'Get' caches for Ttl = 7200 s (2 hours), longer than the 600 s that are allowed: shorten it, or raise cachedattr_max_ttl_seconds in .editorconfig", Assert.Single(messages));
    }

    [Theory]
    [InlineData("2592000")]
    [InlineData("2.592e6")]
    public async Task A_higher_maximum_allows_more(string maximum) =>
        await IsSilentAsync(Service("[Cached(Ttl = 60 * 60 * 24 * 30)] public partial int Get(); int GetCore() => 0;"), ("cachedattr_max_ttl_seconds", maximum));

    [Theory]
    [InlineData("often")]
    [InlineData("-1")]
    public async Task A_maximum_that_is_none_is_passed_over(string maximum) =>
        await ReportsAsync(Service("[Cached(Ttl = [|100000|])] public partial int Get(); int GetCore() => 0;"), ("cachedattr_max_ttl_seconds", maximum));
}
