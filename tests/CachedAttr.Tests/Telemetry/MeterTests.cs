using CachedAttr.Backends.Conformance;
using CachedAttr.Telemetry;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Telemetry;

public sealed class MeterTests : IAsyncDisposable
{
    private const string Method = "method=Service.Get";
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Hits_misses_loads_and_entries_are_counted_by_method()
    {
        await using var cache = Cache.Create();
        using var meter = new MeterReading(cache);
        var method = new TestMethod<string>(cache);
        foreach (int id in new[] { 1, 1, 1, 2 })
            await method.GetAsync(id, "value");

        Assert.Equal(2, meter[CacheTelemetry.Hits, Method, "tier=local"]);
        Assert.Equal(2, meter[CacheTelemetry.Misses, Method]);
        Assert.Equal(2, meter[CacheTelemetry.Loads, Method, "reason=ok"]);
        Assert.Equal(2, meter[CacheTelemetry.Size, Method]);
        Assert.Equal(2, meter.Recorded(CacheTelemetry.LoadDuration).Count);
    }

    [Fact]
    public async Task The_slow_way_of_a_hit_counts_as_the_fast_one_does()
    {
        await using var cache = Cache.Create(options => options.TimeProvider = new ManualTimeProvider());
        using var meter = new MeterReading(cache);
        var method = new TestMethod<string>(cache);
        for (int i = 0; i < 10; i++)
            await method.GetAsync(1, "value");
        Assert.Equal("value", method.Get(1, () => "never"));

        Assert.Equal(10, meter[CacheTelemetry.Hits, Method, "tier=local"]);
    }

    [Fact]
    public async Task A_load_that_throws_is_counted_apart()
    {
        await using var cache = Cache.Create();
        using var meter = new MeterReading(cache);
        var method = new TestMethod<string>(cache);

        await Assert.ThrowsAsync<InvalidOperationException>(() => method.GetAsync(1, _ => throw new InvalidOperationException("no")));

        Assert.Equal(1, meter[CacheTelemetry.Loads, Method, "reason=error"]);
        Assert.Equal(0, meter[CacheTelemetry.Loads, Method, "reason=ok"]);
        Assert.Empty(meter.Recorded(CacheTelemetry.LoadDuration));
    }

    [Fact]
    public async Task Who_waits_for_anothers_load_is_a_miss_that_joined()
    {
        await using var cache = Cache.Create();
        using var meter = new MeterReading(cache);
        var method = new TestMethod<string>(cache);
        var loaded = new TaskCompletionSource<string>();
        Task<string>[] calls = [.. Enumerable.Range(0, 5).Select(_ => method.GetAsync(1, _ => new(loaded.Task)))];
        loaded.SetResult("value");
        await Task.WhenAll(calls);

        Assert.Equal(5, meter[CacheTelemetry.Misses, Method]);
        Assert.Equal(4, meter[CacheTelemetry.StampedeJoined, Method]);
        Assert.Equal(1, meter[CacheTelemetry.Loads, Method, "reason=ok"]);
    }

    [Fact]
    public async Task Evictions_and_invalidations_are_counted_by_the_method_they_concern()
    {
        await using var cache = Cache.Create();
        using var meter = new MeterReading(cache);
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = 600, LocalCapacity = 10 });
        var other = new TestMethod<string>(cache, head: "other:");
        for (int id = 0; id < 15; id++)
            await method.GetAsync(id, "value");
        await other.GetAsync(1, "value");
        cache.Invalidate("server:1", "server:*", "else:*");

        Assert.Equal(5, meter[CacheTelemetry.Evictions, Method]);
        Assert.Equal(2, meter[CacheTelemetry.Invalidations, Method]);
    }

    [Fact]
    public async Task A_stale_value_is_a_hit_and_counted_as_stale()
    {
        var clock = new ManualTimeProvider();
        await using var cache = Cache.Create(options => options.TimeProvider = clock);
        using var meter = new MeterReading(cache);
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = 10, StaleIfError = 100 });
        await method.GetAsync(1, "old");
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("old", await method.GetAsync(1, _ => throw new InvalidOperationException("no")));

        Assert.Equal(1, meter[CacheTelemetry.StaleServed, Method]);
    }

    [Fact]
    public async Task The_backends_calls_errors_and_state_are_measured()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add(options => options.BackendTimeout = 0.1));
        using var meter = new MeterReading(b.Cache);
        await a.Cache.SetAsync("key", "value");
        Assert.Equal("value", await b.GetAsync("key", "never"));

        Assert.Equal(1, meter[CacheTelemetry.Hits, "tier=backend"]);
        Assert.Equal(1, meter[CacheTelemetry.BackendState, "backend=memory"]);
        Assert.Contains(meter.Recorded(CacheTelemetry.OperationDuration), tags => tags.Contains("operation=get", StringComparer.Ordinal) && tags.Contains("backend=memory", StringComparer.Ordinal));

        b.Connection.Fault = Fault.Refused;
        await b.Cache.InvalidateAsync("key");

        Assert.True(meter[CacheTelemetry.BackendErrors, "backend=memory"] > 0);
        Assert.Equal(0, meter[CacheTelemetry.BackendState, "backend=memory"]);
    }

    [Fact]
    public async Task No_tag_has_a_value_that_comes_from_a_key()
    {
        var node = _nodes.Add();
        using var meter = new MeterReading(node.Cache);
        foreach (int id in Enumerable.Range(0, 50))
            await node.GetAsync($"secret-{id}", "value");
        node.Cache.Invalidate("secret-1", "secret-2*");

        var series = meter.AllSeries();
        Assert.DoesNotContain(series, tags => tags.Contains("secret", StringComparison.Ordinal));
        Assert.InRange(series.Count, 1, 40);
    }

    [Fact]
    public async Task Every_name_is_an_instrument_and_every_instrument_has_a_name()
    {
        await using var cache = Cache.Create();
        using var meter = new MeterReading(cache);
        string[] names = [.. typeof(CacheTelemetry).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Where(name => name.StartsWith("cache.", StringComparison.Ordinal))];

        Assert.Equal(names.Order(StringComparer.Ordinal), meter.Instruments.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_disposed_cache_is_measured_no_more()
    {
        var cache = Cache.Create();
        using var meter = new MeterReading(cache);
        cache.Dispose();

        Assert.Empty(meter.AllSeries());
    }
}
