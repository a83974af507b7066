using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <summary>Who loads afresh takes nothing away from those who do not.</summary>
public sealed class BypassTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Cache _cache;

    public BypassTests() => _cache = Cache.Create(options => options.TimeProvider = _time);

    [Fact]
    public async Task A_load_that_another_has_begun_anew_still_falls_back_to_the_stale_value()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 10, StaleIfError = 60 });
        await method.GetAsync(1, "v1");
        _time.Advance(TimeSpan.FromSeconds(11));
        TaskCompletionSource<string> first = new(), second = new();
        var caller = method.GetAsync(1, _ => new(first.Task));
        Task<string> other;
        using (CacheScope.Bypass())
            other = method.GetAsync(1, _ => new(second.Task));
        first.SetException(new IOException("down"));
        Assert.Equal("v1", await caller);
        second.SetResult("v2");
        Assert.Equal("v2", await other);
        Assert.Equal("v2", await method.GetAsync(1, "v3"));
    }

    [Fact]
    public async Task A_load_that_was_begun_anew_does_not_fall_back_to_what_was_removed_since()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 10, StaleIfError = 60 });
        await method.GetAsync(1, "v1");
        _time.Advance(TimeSpan.FromSeconds(11));
        TaskCompletionSource<string> first = new(), second = new();
        var caller = method.GetAsync(1, _ => new(first.Task));
        Task<string> other;
        using (CacheScope.Bypass())
            other = method.GetAsync(1, _ => new(second.Task));
        await _cache.RemoveAsync("server:1");
        first.SetException(new IOException("down"));
        await Assert.ThrowsAsync<IOException>(() => caller);
        second.SetResult("v2");
        Assert.Equal("v2", await other);
        Assert.Equal("v3", await method.GetAsync(1, "v3"));
    }

    public void Dispose() => _cache.Dispose();
}
