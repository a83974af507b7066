namespace CachedAttr.Tests.Loading;

/// <summary>The loads behind calls for many keys end, whoever leaves and whatever throws.</summary>
public sealed class ManyKeysFlightTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly Cache _cache;

    public ManyKeysFlightTests() => _cache = Cache.Create(options => options.TimeProvider = _time);

    [Fact]
    public async Task A_key_that_throws_leaves_no_other_key_waiting()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        await method.GetAsync(2, "v");
        await _cache.InvalidateAsync("server:9*");
        method.KeyWritten = id => _ = id == 2 ? throw new FormatException("no key") : 0;
        await Assert.ThrowsAsync<FormatException>(() => method.GetManyAsync([1, 2], static (ids, _) => new(WatchedMethod.Each(ids, "v"))));
        Assert.Equal(0, method.Region.Loading);
        Assert.Equal("v", await method.GetAsync(1, "v").WaitAsync(Limit));
    }

    [Fact]
    public async Task When_the_last_who_waits_for_one_of_the_keys_has_gone_the_load_is_cancelled()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        CancellationToken seen = default;
        using CancellationTokenSource first = new(), second = new();
        var many = method.GetManyAsync([1, 2], (_, token) =>
        {
            seen = token;
            return new(Never<IEnumerable<KeyValuePair<int, string>>?>(token));
        }, first.Token);
        var single = method.GetAsync(2, _ => new("unused"), second.Token);

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => many);
        Assert.False(seen.IsCancellationRequested);
        _ = seen.WaitHandle; // the token is still of use

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => single);
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task Threads_that_load_by_themselves_are_not_counted_as_waiting()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        CancellationToken seen = default;
        using var caller = new CancellationTokenSource();
        var single = method.GetAsync(1, token =>
        {
            seen = token;
            return new(Never<string>(token));
        }, caller.Token);
        Assert.Equal("own", method.GetMany([1], static ids => WatchedMethod.Each(ids, "own"))[1]);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => single);
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task A_load_of_many_that_takes_too_long_is_told_so()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600, LoadTimeout = 2 });
        CancellationToken seen = default;
        var many = method.GetManyAsync([1, 2], (_, token) =>
        {
            seen = token;
            return new(Never<IEnumerable<KeyValuePair<int, string>>?>(CancellationToken.None));
        });
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("LoadTimeout", (await Assert.ThrowsAsync<TimeoutException>(() => many)).Message, StringComparison.Ordinal);
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task A_refresh_without_tasks_may_ask_for_one_of_its_own_keys()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 10, StaleWhileRevalidate = 10 });
        method.GetMany([1], static ids => WatchedMethod.Each(ids, "v1"));
        _time.Advance(TimeSpan.FromSeconds(15));
        var inner = new TaskCompletionSource<string>();
        method.GetMany([1], ids =>
        {
            _time.Advance(TimeSpan.FromSeconds(10)); // by now there is nothing to be served meanwhile
            inner.SetResult(method.Get(1, static () => "inner"));
            return WatchedMethod.Each(ids, "v2");
        });
        Assert.Equal("inner", await inner.Task.WaitAsync(Limit));
        await method.WhenIdleAsync();
    }

    [Fact]
    public async Task A_loader_of_many_may_ask_for_each_of_them()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        var found = await method.GetManyAsync([1, 2], async (ids, _) =>
        {
            await Task.Yield();
            var all = new Dictionary<int, string>();
            foreach (int id in ids)
                all.Add(id, await method.GetAsync(id, $"v{id}"));
            return all;
        }).WaitAsync(Limit);
        Assert.Equal(("v1", "v2"), (found[1], found[2]));
        Assert.Equal("v2", await method.GetAsync(2, "never"));
    }

    [Fact]
    public async Task A_loader_of_one_may_ask_for_many()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        string value = await method.GetAsync(1, async token =>
        {
            await Task.Yield();
            return (await method.GetManyAsync([1, 2], static (ids, _) => new(WatchedMethod.Each(ids, "v")), token))[1];
        }).WaitAsync(Limit);
        Assert.Equal("v", value);
        Assert.Equal("v", await method.GetAsync(1, "never"));
    }

    public void Dispose() => _cache.Dispose();

    private static async Task<T> Never<T>(CancellationToken token)
    {
        await new TaskCompletionSource().Task.WaitAsync(token);
        throw new InvalidOperationException("It never ends.");
    }
}
