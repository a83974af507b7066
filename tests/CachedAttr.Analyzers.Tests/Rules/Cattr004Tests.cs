namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The times contradict each other.</summary>
public sealed class Cattr004Tests : RuleTests<ExpiryAnalyzer>
{
    [Theory]
    [InlineData("Sliding = [|60|]")]
    [InlineData("Ttl = 60, Sliding = [|60|]")]
    [InlineData("Ttl = 60, Sliding = [|60 * 2|]")]
    [InlineData("Ttl = 60, StaleWhileRevalidate = 30, StaleIfError = [|30|]")]
    [InlineData("Ttl = 60, StaleWhileRevalidate = [|30|], StaleIfError = [|10|], Sliding = [|90|]")]
    [InlineData("Ttl = 60, Sliding = 30, StaleWhileRevalidate = [|30|]")]
    [InlineData("Ttl = 60, StaleIfError = 90, SoftTimeout = [|5|], LoadTimeout = 5")]
    [InlineData("Ttl = 60, StaleIfError = 90, LoadTimeout = 1, SoftTimeout = [|2|]")]
    [InlineData("Ttl = 60, SoftTimeout = [|2|]")]
    public async Task It_is_reported_where_it_stands(string times) => await ReportsAsync(Source(times));

    [Theory]
    [InlineData("Ttl = 60")]
    [InlineData("Ttl = 600, Sliding = 60")]
    [InlineData("Ttl = 60, StaleWhileRevalidate = 30, StaleIfError = 300")]
    [InlineData("Ttl = 60, StaleIfError = 300")]
    [InlineData("Ttl = 60, StaleIfError = 90, SoftTimeout = 1, LoadTimeout = 5")]
    [InlineData("Policy = \"short\", Sliding = 60")]
    public async Task It_is_silent_where_all_is_well(string times) => await IsSilentAsync(Source(times));

    [Theory]
    [InlineData("LoadTimeout = [|5|]")]
    [InlineData("StaleIfError = 60, SoftTimeout = [|5|]")]
    public async Task What_needs_a_task_is_reported_on_a_method_without_one(string times) =>
        await ReportsAsync(Service($"[Cached(Ttl = 60, {times})] public partial int Get(); int GetCore() => 0;"));

    [Fact]
    public async Task The_message_says_why()
    {
        var messages = await ReportsAsync(Source("Ttl = 60, Sliding = [|90|]"));
        Assert.Equal("Sliding = 90 does not go with the other times: it is not shorter than Ttl, so it never takes effect: make it shorter, or leave it out", Assert.Single(messages));
    }

    private static string Source(string times) => Service($"[Cached({times})] public partial Task<int> GetAsync(); Task<int> GetCoreAsync() => null!;");
}
