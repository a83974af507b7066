namespace CachedAttr.Tests.Loading;

/// <summary>All who waited for a load have gone, and it goes on all the same: its loader takes no token.</summary>
public sealed class AbandonedLoadTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly Cache _cache;

    public AbandonedLoadTests() => _cache = Cache.Create(options => options.TimeProvider = _time);

    [Theory]
    [InlineData("removed")]
    [InlineData("invalidated")]
    [InlineData("invalidated by a pattern")]
    [InlineData("set")]
    [InlineData("put")]
    public async Task What_it_brings_is_not_served_after_its_key_was(string what)
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        var source = await LeaveAsync(method);
        switch (what)
        {
            case "removed":
                await _cache.RemoveAsync("server:1");
                break;
            case "invalidated":
                await _cache.InvalidateAsync("server:1");
                break;
            case "invalidated by a pattern":
                await _cache.InvalidateAsync("server:*");
                break;
            case "set":
                await _cache.SetAsync("server:1", "new");
                break;
            default:
                await _cache.PutAsync("server:1", "new", ttl: null);
                break;
        }

        source.SetResult("old");
        await method.WhenIdleAsync();
        Assert.Equal("new", await method.GetAsync(1, "new"));
    }

    [Fact]
    public async Task What_it_brings_is_stored_if_nothing_has_come_since()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        var source = await LeaveAsync(method);
        source.SetResult("v");
        await method.WhenIdleAsync();
        Assert.Equal("v", await method.GetAsync(1, "never"));
    }

    [Fact]
    public async Task Nobody_joins_it_and_what_is_loaded_later_stays()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        var source = await LeaveAsync(method);
        Assert.Equal("v2", await method.GetAsync(1, "v2").WaitAsync(Limit));
        source.SetResult("v1");
        await method.WhenIdleAsync();
        Assert.Equal("v2", await method.GetAsync(1, "v3"));
    }

    [Fact]
    public async Task It_keeps_no_refresh_from_beginning()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 10, StaleWhileRevalidate = 30 });
        await method.GetAsync(1, "v1");
        TaskCompletionSource<string> source;
        using (CacheScope.Bypass())
            source = await LeaveAsync(method);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("v1", await method.GetAsync(1, "v3"));
        await method.WhenIdleAsync();
        source.SetResult("v2");
        Assert.Equal("v3", await method.GetAsync(1, "v4"));
    }

    [Fact]
    public async Task That_its_callers_have_left_is_no_failure_of_its_source()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 10, StaleIfError = 60 });
        await method.GetAsync(1, "v1");
        _time.Advance(TimeSpan.FromSeconds(11));
        using var caller = new CancellationTokenSource();
        var left = method.GetAsync(1, async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return "never";
        }, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await method.WhenIdleAsync();
        Assert.Equal("v2", await method.GetAsync(1, "v2")); // and not v1, as while a source is left alone
    }

    [Fact]
    public async Task One_key_of_many_is_not_loaded_again_while_others_wait_for_the_rest()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        var source = new TaskCompletionSource<string>();
        using var caller = new CancellationTokenSource();
        var many = method.GetManyAsync([1, 2, 3], async (ids, _) => WatchedMethod.Each(ids, await source.Task), caller.Token);
        var second = method.GetAsync(2, "never");
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => many);

        var first = method.GetAsync(1, "never");
        await _cache.RemoveAsync("server:3");
        source.SetResult("v");
        Assert.Equal(("v", "v"), (await first.WaitAsync(Limit), await second.WaitAsync(Limit)));
        await method.WhenIdleAsync();
        Assert.Equal("new", await method.GetAsync(3, "new"));
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>Begins a load of server:1 and leaves it.</summary>
    private static async Task<TaskCompletionSource<string>> LeaveAsync(WatchedMethod method)
    {
        var source = new TaskCompletionSource<string>();
        using var caller = new CancellationTokenSource();
        var left = method.GetAsync(1, _ => new(source.Task), caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        return source;
    }
}
