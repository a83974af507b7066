using CachedAttr.Telemetry;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Telemetry;

public sealed class ObserveTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task It_sees_method_key_tier_outcome_age_and_what_is_left()
    {
        var clock = new ManualTimeProvider();
        await using var cache = Cache.Create(options => options.TimeProvider = clock);
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = 60 });
        using var seen = CacheScope.Observe();
        await method.GetAsync(7, "value");
        clock.Advance(TimeSpan.FromSeconds(10));
        await method.GetAsync(7, "value");
        method.Get(7, () => "never");

        Assert.Equal(
            [("Service.Get", "server:7", CacheOutcome.Miss, CacheTiers.None), ("Service.Get", "server:7", CacheOutcome.Hit, CacheTiers.Local), ("Service.Get", "server:7", CacheOutcome.Hit, CacheTiers.Local)],
            seen.Calls.Select(call => (call.Method, call.Key, call.Outcome, call.Tier)));
        Assert.Equal(TimeSpan.FromSeconds(10), seen.Calls[1].Age);
        Assert.Equal(TimeSpan.FromSeconds(50), seen.Calls[1].Remaining);
    }

    [Fact]
    public async Task Hits_by_the_systems_clock_are_seen_as_well_and_only_while_it_lasts()
    {
        await using var cache = Cache.Create();
        var method = new TestMethod<string>(cache);
        await method.GetAsync(1, "value");
        var seen = CacheScope.Observe();
        await method.GetAsync(1, "value");
        seen.Dispose();
        await method.GetAsync(1, "value");

        Assert.Equal(CacheOutcome.Hit, Assert.Single(seen.Calls).Outcome);
    }

    [Fact]
    public async Task Another_flow_is_not_seen()
    {
        await using var cache = Cache.Create();
        var method = new TestMethod<string>(cache);
        await method.GetAsync(1, "value");
        using var asked = new SemaphoreSlim(0);
        using var observed = new SemaphoreSlim(0);
        var other = Task.Run(async () =>
        {
            await asked.WaitAsync();
            await method.GetAsync(1, "value");
            observed.Release();
        });
        using var seen = CacheScope.Observe();
        asked.Release();
        await observed.WaitAsync();
        await other;

        Assert.Empty(seen.Calls);
    }

    [Fact]
    public async Task What_the_flow_starts_is_seen_and_an_outer_observer_sees_what_an_inner_one_does()
    {
        await using var cache = Cache.Create();
        var method = new TestMethod<string>(cache);
        using var outer = CacheScope.Observe();
        using (var inner = CacheScope.Observe())
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(id => Task.Run(() => method.GetAsync(id, "value"))));
            Assert.Equal(4, inner.Calls.Count);
        }

        await method.GetAsync(9, "value");
        Assert.Equal(5, outer.Calls.Count);
    }

    [Fact]
    public async Task Who_waits_for_anothers_load_has_joined_it()
    {
        await using var cache = Cache.Create();
        var method = new TestMethod<string>(cache);
        var loaded = new TaskCompletionSource<string>();
        var first = method.GetAsync(1, _ => new(loaded.Task));
        using var seen = CacheScope.Observe();
        var second = method.GetAsync(1, _ => new(loaded.Task));
        loaded.SetResult("value");
        await Task.WhenAll(first, second);

        Assert.Equal(CacheOutcome.Joined, Assert.Single(seen.Calls).Outcome);
    }

    [Fact]
    public async Task A_stale_value_is_told_as_such()
    {
        var clock = new ManualTimeProvider();
        await using var cache = Cache.Create(options => options.TimeProvider = clock);
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = 10, StaleWhileRevalidate = 100 });
        await method.GetAsync(1, "old");
        clock.Advance(TimeSpan.FromSeconds(15));
        using var seen = CacheScope.Observe();
        Assert.Equal("old", await method.GetAsync(1, "new"));

        Assert.Equal((CacheOutcome.Stale, TimeSpan.FromSeconds(-5)), (seen.Calls[0].Outcome, seen.Calls[0].Remaining!.Value));
    }

    [Fact]
    public async Task A_value_of_the_backend_comes_from_there()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.Cache.SetAsync("key", "value");
        using var seen = CacheScope.Observe();
        Assert.Equal("value", await b.GetAsync("key", "other"));

        Assert.Equal((CacheOutcome.Hit, CacheTiers.Backend), (seen.Calls[0].Outcome, seen.Calls[0].Tier));
    }

    [Fact]
    public async Task More_than_it_keeps_is_counted()
    {
        await using var cache = Cache.Create();
        var method = new TestMethod<string>(cache);
        using var seen = CacheScope.Observe();
        for (int i = 0; i < CacheObservations.Capacity + 5; i++)
            await method.GetAsync(1, "value");

        Assert.Equal((CacheObservations.Capacity, CacheObservations.Capacity + 5), (seen.Calls.Count, seen.Total));
    }

    [Fact]
    public void A_long_key_is_shortened_where_it_is_shown()
    {
        var call = new CacheObservation("M", new string('k', 100), CacheOutcome.Hit, CacheTiers.Local);

        Assert.Equal(new string('k', 40) + "…", call.ShortKey);
        Assert.Equal("short", (call with { Key = "short" }).ShortKey);
    }
}
