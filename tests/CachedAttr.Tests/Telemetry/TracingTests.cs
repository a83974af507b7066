using System.Diagnostics;
using CachedAttr.Telemetry;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Telemetry;

public sealed class TracingTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task A_load_has_a_trace_with_the_backends_calls_beside_it_and_a_hit_has_none()
    {
        var node = _nodes.Add();
        var traces = await TraceAsync(async () =>
        {
            await node.GetAsync("secret", "v");
            await node.GetAsync("secret", "v");
        });

        Assert.Equal(1, traces.Count(trace => trace.OperationName is "cache.load"));
        Assert.Equal(1, traces.Count(trace => trace.OperationName is "cache.backend.get"));
        Assert.Equal(1, traces.Count(trace => trace.OperationName is "cache.backend.set"));
        Assert.Equal("Cache.ByHand", traces.First(trace => trace.OperationName is "cache.load").GetTagItem(CacheTelemetry.MethodTag));
        Assert.DoesNotContain(traces, trace => trace.TagObjects.Any(tag => tag.Value?.ToString()!.Contains("secret", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task What_the_loader_does_is_inside_its_trace()
    {
        await using var cache = Cache.Create();
        string? parent = null;
        await TraceAsync(async () => await cache.GetOrLoadAsync("k", _ =>
        {
            parent = Activity.Current?.OperationName;
            return new ValueTask<int>(1);
        }));

        Assert.Equal("cache.load", parent);
    }

    [Fact]
    public async Task An_invalidation_has_a_trace_around_the_backends()
    {
        var node = _nodes.Add();
        await node.GetAsync("k", "v");
        var traces = await TraceAsync(async () => await node.Cache.InvalidateAsync("k*"));

        var inner = Assert.Single(traces, trace => trace.OperationName is "cache.backend.invalidate");
        Assert.Equal("cache.invalidate", inner.Parent!.OperationName);
    }

    [Fact]
    public async Task A_load_that_processes_take_turns_in_has_a_trace_of_its_lock()
    {
        var node = _nodes.Add();
        var method = new TestMethod<string>(node.Cache, new CachePolicy { Ttl = 600, DistributedLock = true }, serializer: true);
        var traces = await TraceAsync(async () => await method.GetAsync(1, "v"));

        Assert.Equal("memory", Assert.Single(traces, trace => trace.OperationName is "cache.backend.lock").GetTagItem(CacheTelemetry.BackendTag));
    }

    [Fact]
    public async Task A_load_that_throws_has_failed()
    {
        await using var cache = Cache.Create();
        var traces = await TraceAsync(async () => await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await cache.GetOrLoadAsync<int>("k", _ => throw new InvalidOperationException("with a secret"))));

        var load = Assert.Single(traces);
        Assert.Equal((ActivityStatusCode.Error, "InvalidOperationException"), (load.Status, load.StatusDescription));
    }

    /// <summary>The traces that begin in an action's flow.</summary>
    private static async Task<IReadOnlyList<Activity>> TraceAsync(Func<Task> action)
    {
        var traces = new List<Activity>();
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is CacheTelemetry.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (traces)
                {
                    if (activity.TraceId == root.TraceId)
                        traces.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await action();
        lock (traces)
            return [.. traces];
    }
}
