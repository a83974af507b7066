using CachedAttr.Backends.Conformance;
using CachedAttr.Telemetry;
using CachedAttr.Tests.Coherence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CachedAttr.Tests.Telemetry;

public sealed class HealthTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Without_a_backend_it_is_healthy()
    {
        await using var cache = Cache.Create();

        Assert.Equal(CacheHealthStatus.Healthy, (await cache.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task With_a_backend_that_answers_it_is_healthy_and_tells_what_that_says()
    {
        var node = _nodes.Add();
        await node.GetAsync("k", "v");

        var health = await node.Cache.CheckHealthAsync();
        Assert.Equal((CacheHealthStatus.Healthy, "The backend 'memory' answers."), (health.Status, health.Description));
        Assert.Equal("memory", health.Backend!.Backend);
        Assert.NotNull(health.Latency);
    }

    [Theory]
    [InlineData(true, CacheHealthStatus.Degraded)]
    [InlineData(false, CacheHealthStatus.Unhealthy)]
    public async Task A_backend_that_fails_is_worse_if_callers_notice(bool silently, CacheHealthStatus expected)
    {
        var node = _nodes.Add(options => options.FailSilently = silently);
        node.Connection.Fault = Fault.Refused;

        var health = await node.Cache.CheckHealthAsync();
        Assert.Equal(expected, health.Status);
        Assert.StartsWith("The cache's backend 'memory' could not be used", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_not_followed_makes_it_degraded()
    {
        var node = _nodes.Add(options => options.HeartbeatInterval = 10);
        await node.GetAsync("k", "v");
        _nodes.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(CacheHealthStatus.Healthy, (await node.Cache.CheckHealthAsync()).Status);
        node.Connection.Fault = Fault.Frozen;
        int calls = node.Connection.Calls;
        _nodes.Time.Advance(TimeSpan.FromSeconds(35));
        while (node.Connection.Calls == calls)
            await Task.Yield(); // the heartbeat's question is on its way, and stays there
        node.Connection.Fault = Fault.None;

        var health = await node.Cache.CheckHealthAsync();
        Assert.NotEqual(CacheHealthStatus.Healthy, health.Status);
    }

    [Fact]
    public async Task The_host_is_told_by_option()
    {
        var node = _nodes.Add();
        await node.GetAsync("k", "v");
        Assert.Equal(HealthStatus.Healthy, await CheckAsync(node.Cache, HealthStatus.Unhealthy));

        node.Connection.Fault = Fault.Refused;
        Assert.Equal(HealthStatus.Degraded, await CheckAsync(node.Cache, null));
        Assert.Equal(HealthStatus.Unhealthy, await CheckAsync(node.Cache, HealthStatus.Unhealthy));
    }

    private static async Task<HealthStatus> CheckAsync(Cache cache, HealthStatus? whenDegraded)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(cache);
        services.AddHealthChecks().AddCachedAttr(options => options.WhenDegraded = whenDegraded ?? options.WhenDegraded);

        // The cache is the test's: the container must not dispose it.
        var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal("memory", report.Entries["cache"].Data["backend"]);
        return report.Status;
    }

}
