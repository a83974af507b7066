using System.Diagnostics;
using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using CachedAttr.Telemetry;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Telemetry;

public sealed class StatusTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task A_methods_row_has_its_numbers()
    {
        var clock = new ManualTimeProvider();
        await using var cache = Cache.Create(options => options.TimeProvider = clock);
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = 60, LocalCapacity = 100 });
        await method.GetAsync(1, _ =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            return new("value");
        });
        for (int i = 0; i < 9; i++)
            await method.GetAsync(1, "value");

        var status = await cache.GetStatusAsync();
        var row = Assert.Single(status.Methods);
        Assert.Equal(("Service.Get", "server:{id}", TimeSpan.FromSeconds(60), 9, 1, 1, 1, 100), (row.Name, row.Template, row.Ttl, row.LocalHits, row.Misses, row.Loads, row.Entries, row.Capacity));
        Assert.Equal(0.9, row.HitRatio);
        Assert.Equal(0.9, status.HitRatio);
        Assert.Equal(TimeSpan.FromSeconds(1.8), row.TimeSaved);
        Assert.InRange(row.LoadP50!.Value.TotalMilliseconds, 188, 212);
        Assert.Null(row.Bytes);
        Assert.Null(status.Backend);
    }

    [Fact]
    public async Task With_a_backend_the_size_of_a_methods_entries_is_known()
    {
        var node = _nodes.Add();
        var method = new TestMethod<string>(node.Cache, serializer: true);
        await method.GetAsync(1, new string('x', 952));
        await method.GetAsync(2, new string('x', 1952));

        long bytes = node.Cache.GetStatus().Methods.Single(row => row.Name is "Service.Get").Bytes!.Value;
        Assert.InRange(bytes, 3000, 3010); // the texts, two headers of 48 bytes, and what says how long a text is
    }

    [Fact]
    public async Task An_invalidation_is_shown_with_what_it_concerns()
    {
        await using var cache = Cache.Create();
        await new TestMethod<string>(cache).GetAsync(1, "value");
        await new TestMethod<string>(cache, head: "server:x:").GetAsync(1, "value");
        await new TestMethod<string>(cache, head: "other:").GetAsync(1, "value");
        cache.Invalidate("server:*");
        cache.Invalidate("server:1");
        cache.InvalidateTag("tag");

        Assert.Equal(
            [(InvalidationKind.Tag, "tag", (int?)null, true), (InvalidationKind.Key, "server:1", 1, true), (InvalidationKind.Pattern, "server:*", 2, true)],
            cache.GetStatus().Invalidations.Select(one => (one.Kind, one.Text, one.Methods, one.IsOwn)));
    }

    [Fact]
    public async Task What_another_process_invalidates_is_shown_as_its_own_is_and_each_once()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.GetAsync("k", "v");
        await b.GetAsync("k", "v");
        a.Cache.Invalidate("k*");
        b.Cache.Invalidate("j*");
        await _nodes.UntilAsync(() => a.Cache.GetStatus().TotalInvalidations >= 2 && b.Cache.GetStatus().TotalInvalidations >= 2, TimeSpan.FromMilliseconds(100));

        Assert.Equal([("k*", true), ("j*", false)], a.Cache.GetStatus().Invalidations.Select(one => (one.Text, one.IsOwn)).OrderByDescending(one => one.Text, StringComparer.Ordinal));
        Assert.Equal([("k*", false), ("j*", true)], b.Cache.GetStatus().Invalidations.Select(one => (one.Text, one.IsOwn)).OrderByDescending(one => one.Text, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_the_last_invalidations_are_kept_and_all_are_counted()
    {
        await using var cache = Cache.Create();
        for (int i = 0; i < InvalidationHistory.Capacity + 10; i++)
            cache.Invalidate($"k{i}*");

        var status = cache.GetStatus();
        Assert.Equal((InvalidationHistory.Capacity, InvalidationHistory.Capacity + 10), (status.Invalidations.Count, status.TotalInvalidations));
        Assert.Equal($"k{InvalidationHistory.Capacity + 9}*", status.Invalidations[0].Text);
    }

    [Fact]
    public async Task The_backends_state_tells_of_its_log_and_its_breaker()
    {
        var node = _nodes.Add();
        await node.GetAsync("k", "v");
        var state = node.Cache.GetStatus().Backend!;
        Assert.Equal(("memory", true, "closed", 0), (state.Name, state.IsInUse, state.Breaker, state.PendingInvalidations));
        Assert.True(state.LogPosition > 0);
        Assert.InRange(state.LogLag, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        node.Connection.Fault = Fault.Refused;
        node.Cache.Invalidate("k");
        state = node.Cache.GetStatus().Backend!;
        Assert.Equal((false, 1), (state.IsInUse, state.PendingInvalidations));
    }

    [Fact]
    public async Task A_thousand_methods_and_a_million_entries_are_read_without_a_scan()
    {
        await using var cache = Cache.Create();
        for (int i = 0; i < 1000; i++)
        {
            var method = new TestMethod<int>(cache, head: $"m{i}:");
            for (int id = 0; id < 1000; id++)
                method.Get(id, () => id);
        }

        _ = cache.GetStatus();
        var fastest = Enumerable.Range(0, 5).Min(_ =>
        {
            long began = Stopwatch.GetTimestamp();
            Assert.Equal(1_000_000, cache.GetStatus().Entries);
            return Stopwatch.GetElapsedTime(began);
        });
        Assert.InRange(fastest, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }
}
