using System.Diagnostics;
using CachedAttr.Backends;

namespace CachedAttr.Tests.Coherence;

/// <summary>What several processes see of each other's entries.</summary>
public sealed class SharedEntriesTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task A_value_set_by_hand_for_a_short_time_is_not_followed_by_an_older_load()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add(options => options.HeartbeatInterval = 100));
        await a.GetAsync("warm", "up");
        await b.GetAsync("warm", "up");
        b.Connection.IsSilent = true;
        TaskCompletionSource started = new();
        TaskCompletionSource<string> source = new();
        var slow = b.Cache.GetOrLoadAsync("k", async _ =>
        {
            started.SetResult();
            return await source.Task;
        }).AsTask();
        await started.Task;
        await a.Cache.SetAsync("k", "set", TimeSpan.FromSeconds(1));
        _nodes.Time.Advance(TimeSpan.FromSeconds(5));
        await foreach (string key in a.Cache.KeysAsync())
            Assert.NotEqual("k", key);
        source.SetResult("old");
        await slow;
        while (b.Cache.Backend!.IsWriting)
            await Task.Yield();
        for (int i = 0; i < 90; i++)
        {
            _nodes.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await a.Cache.RemoveAsync("another");
        Assert.Null(await a.Cache.GetAsync<string>("k"));
    }

    [Fact]
    public async Task What_one_has_loaded_another_need_not_load()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        Assert.Equal("v", await a.GetAsync("k", "v"));
        await StoredAsync("k");
        Assert.Equal("v", await b.GetAsync("k", "other"));
        Assert.Equal((1, 0), (a.Loads, b.Loads));
    }

    [Fact]
    public async Task A_hit_in_the_local_tier_asks_nobody()
    {
        var a = _nodes.Add();
        await a.GetAsync("k", "v");
        int calls = a.Connection.Calls;
        for (int i = 0; i < 100; i++)
            await a.GetAsync("k", "other");
        Assert.InRange(a.Connection.Calls, calls, calls + 1); // the store in the background
    }

    [Theory]
    [InlineData("k:1")]
    [InlineData("k:*")]
    [InlineData("?:1")]
    public async Task What_one_invalidates_no_other_serves(string pattern)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.GetAsync("k:1", "old");
        await b.GetAsync("k:1", "old");
        await b.GetAsync("other", "kept");
        await a.Cache.InvalidateAsync(pattern);
        Assert.Equal("new", await a.GetAsync("k:1", "new"));
        await StoredAsync("k:1");
        Assert.Equal("new", await b.GetAsync("k:1", "newer"));
        Assert.Equal("kept", await b.GetAsync("other", "lost"));
    }

    [Fact]
    public void Calls_without_tasks_see_the_same()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        a.Cache.Set("k", "v");
        Assert.Equal("v", b.Cache.TryGet<string>("k").Value);
        Assert.Equal("v", b.Cache.GetOrLoad("k", () => "loaded"));
        b.Cache.Invalidate("k");
        Assert.False(a.Cache.TryGet<string>("k").Found);
        Assert.Equal("again", a.Cache.GetOrLoad("k", () => "again"));
        a.Cache.Remove("k");
        Assert.False(b.Cache.TryGet<string>("k").Found);
    }

    [Fact]
    public async Task A_lost_notification_is_found_by_the_heartbeat()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await b.GetAsync("k", "old");
        b.Connection.IsSilent = true;
        await a.Cache.InvalidateAsync("k");
        Assert.Equal("old", await b.GetAsync("k", "new"));
        await _nodes.UntilAsync(() => !b.Cache.TryGet<string>("k").Found, TimeSpan.FromMilliseconds(250));
        Assert.Equal("new", await b.GetAsync("k", "new"));
    }

    [Fact]
    public async Task A_gap_is_noticed_with_the_next_notification()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await b.GetAsync("k:1", "old");
        await b.GetAsync("k:2", "old");
        b.Connection.IsSilent = true;
        await a.Cache.InvalidateAsync("k:1*");
        b.Connection.IsSilent = false;
        await a.Cache.InvalidateAsync("k:2*");
        await _nodes.UntilAsync(() => !b.Cache.TryGet<string>("k:1").Found && !b.Cache.TryGet<string>("k:2").Found, TimeSpan.Zero);
    }

    [Theory]
    [InlineData("k")]
    [InlineData("*")]
    public async Task A_load_that_began_before_anothers_invalidation_is_stored_nowhere(string pattern)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await b.GetAsync("warm", "up");
        var began = new TaskCompletionSource();
        var source = new TaskCompletionSource<string>();
        var slow = b.Cache.GetOrLoadAsync("k", async _ =>
        {
            began.SetResult();
            return await source.Task;
        });
        await began.Task;
        await a.Cache.InvalidateAsync(pattern);
        source.SetResult("old");
        Assert.Equal("old", await slow);
        Assert.Equal("new", await b.GetAsync("k", "new"));
        Assert.Equal("new", await a.GetAsync("k", "new"));
    }

    [Theory]
    [InlineData("k")]
    [InlineData("k*")]
    public async Task An_entry_that_was_read_before_an_invalidation_and_arrives_after_it_is_none(string pattern)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.Cache.SetAsync("k", "old");
        await b.GetAsync("warm", "up");
        var read = new TaskCompletionSource();
        var arrives = new TaskCompletionSource();
        b.Connection.Delay = () =>
        {
            read.SetResult();
            return arrives.Task;
        };
        var byHand = b.Cache.TryGetAsync<string>("k").AsTask();
        await read.Task;
        b.Connection.Delay = null;
        await a.Cache.InvalidateAsync(pattern);
        arrives.SetResult();
        Assert.False((await byHand).Found);
        Assert.False(b.Cache.TryGet<string>("k").Found);
    }

    [Fact]
    public async Task A_load_that_ends_where_the_invalidation_is_not_known_yet_does_not_reach_the_backend()
    {
        var (a, b, c) = (_nodes.Add(), _nodes.Add(), _nodes.Add());
        await b.GetAsync("warm", "up");
        b.Connection.IsSilent = true;
        var source = new TaskCompletionSource<string>();
        var slow = b.Cache.GetOrLoadAsync("k", async _ => await source.Task);
        await a.Cache.InvalidateAsync("k");
        source.SetResult("old");
        Assert.Equal("old", await slow);
        Assert.Equal("new", await c.GetAsync("k", "new"));
        await _nodes.UntilAsync(() => !b.Cache.TryGet<string>("k").Found || b.Cache.TryGet<string>("k").Value == "new", TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task What_is_set_by_hand_is_seen_everywhere_and_no_older_load_overwrites_it()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await b.GetAsync("k", "old");
        var source = new TaskCompletionSource<string>();
        await a.Cache.RemoveAsync("k");
        var slow = b.Cache.GetOrLoadAsync("k", async _ => await source.Task);
        await a.Cache.SetAsync("k", "set");
        source.SetResult("loaded before");
        Assert.Equal("loaded before", await slow);
        Assert.Equal("set", await b.Cache.GetAsync<string>("k"));
        Assert.Equal("set", await a.Cache.GetAsync<string>("k"));
    }

    [Fact]
    public async Task The_time_that_is_left_counts_and_not_the_time_since_it_was_read()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.Cache.SetAsync("k", "v", TimeSpan.FromSeconds(100));
        _nodes.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("v", await b.Cache.GetAsync<string>("k"));
        Assert.InRange((await b.Cache.GetTtlAsync("k"))!.Value.TotalSeconds, 38, 41);
        _nodes.Time.Advance(TimeSpan.FromSeconds(42));
        Assert.Null(await b.Cache.GetAsync<string>("k"));
    }

    [Fact]
    public async Task Counters_are_counted_by_all()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        Assert.Equal(1, await a.Cache.IncrementAsync("n"));
        Assert.Equal(3, await b.Cache.IncrementAsync("n", 2));
        Assert.Equal(3, await a.Cache.GetAsync<long>("n"));
        Assert.Equal(4, await b.Cache.IncrementAsync("n"));
        Assert.Equal(4, await a.Cache.GetAsync<int>("n"));
        await a.Cache.SetAsync("n", 10L);
        Assert.Equal(11, await b.Cache.IncrementAsync("n"));
        Assert.Equal(11, await a.Cache.GetAsync<long>("n"));
        await a.Cache.InvalidateAsync("n*");
        Assert.Equal(5, await b.Cache.IncrementAsync("n", 5));
    }

    [Fact]
    public async Task Many_keys_are_one_round_trip()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        foreach (int i in Enumerable.Range(0, 20))
            await a.Cache.SetAsync($"k:{i}", $"v{i}");
        await b.Cache.GetAsync<string>("k:0");
        int calls = b.Connection.Calls;
        var found = await b.Cache.GetManyAsync<string>(Enumerable.Range(0, 30).Select(i => $"k:{i}"));
        Assert.Equal(1, b.Connection.Calls - calls);
        Assert.Equal(Enumerable.Range(0, 20).ToDictionary(i => $"k:{i}", i => (string?)$"v{i}"), found);
        await b.Cache.GetManyAsync<string>(found.Keys);
        Assert.Equal(1, b.Connection.Calls - calls);
    }

    [Fact]
    public async Task Keys_and_clearing_reach_the_backend()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        foreach (int i in Enumerable.Range(0, 10))
            await a.Cache.SetAsync($"k:{i}", "v");
        await a.Cache.SetAsync("other", "v");
        await a.Cache.InvalidateAsync("k:3*");
        Assert.Equal(9, await CountAsync(b.Cache, "k:*"));
        Assert.Equal(10, await b.Cache.ClearAsync("k:*")); // with the one that was invalid, which is removed as well
        Assert.Equal(0, await CountAsync(a.Cache, "k:*"));
        Assert.Equal(1, await CountAsync(a.Cache, "*"));
        Assert.Null(await a.Cache.GetAsync<string>("k:1"));
        Assert.True(await a.Cache.ExistsAsync("other"));
        Assert.False(await a.Cache.ExistsAsync("k:1"));
    }

    [Fact]
    public async Task Null_is_a_value()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.Cache.SetAsync<string?>("k", null);
        Assert.Equal(new CacheLookup<string?>(true, null), await b.Cache.TryGetAsync<string?>("k"));
    }

    [Fact]
    public async Task What_is_on_its_way_is_waited_for_at_the_end()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        foreach (int i in Enumerable.Range(0, 50))
            await a.GetAsync($"k:{i}", "v");
        await a.Cache.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => a.Cache.GetAsync<string>("k:1").AsTask());
        foreach (int i in Enumerable.Range(0, 50))
            Assert.Equal("v", await b.Cache.GetAsync<string>($"k:{i}"));
    }

    [Fact]
    public async Task Strict_sees_what_others_invalidated_before_the_call_even_unheard()
    {
        var a = _nodes.Add();
        var b = _nodes.Add(options => options.Coherence = CacheCoherence.Strict);
        await b.GetAsync("k", "old");
        b.Connection.IsSilent = true;
        Assert.Equal("old", await b.GetAsync("k", "new"));
        await a.Cache.InvalidateAsync("k");
        Assert.Equal("new", await b.GetAsync("k", "new"));
        await a.Cache.InvalidateAsync("*");
        Assert.Equal("newer", b.Cache.GetOrLoad("k", () => "newer"));
    }

    private static async Task<int> CountAsync(Cache cache, string pattern)
    {
        int count = 0;
        await foreach (string _ in cache.KeysAsync(pattern))
            count++;
        return count;
    }

    private async Task StoredAsync(string key)
    {
        for (long began = Stopwatch.GetTimestamp(); !await IsStoredAsync(key) && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30);)
            await Task.Yield();
        Assert.True(await IsStoredAsync(key));
    }

    private async Task<bool> IsStoredAsync(string key) => await ((ICacheBackend)_nodes.Store).ExistsAsync(key, BackendCall.Async());
}
