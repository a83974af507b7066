using CachedAttr.Redis.Tests;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>
/// Something breaks while four processes work: none of them ever serves what it knows to be invalid, and once it is mended all serve what is promised, in time.
/// </summary>
[Collection(Busy.Name)]
public sealed class FaultTests(ITestOutputHelper output)
{
    // How long the processes have to find each other again: a break of the circuit, a reconnect, a heartbeat.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    [Fact]
    public Task Redis_is_killed_and_comes_back_empty() => RunAsync(async (redis, _) =>
    {
        redis.Kill();
        await Task.Delay(3000);
        await redis.StartAgainAsync();
    });

    [Fact]
    public Task Redis_is_killed_and_comes_back_with_its_data() => RunAsync(
        async (redis, _) =>
        {
            redis.Kill();
            await Task.Delay(3000);
            await redis.StartAgainAsync();
        },
        "--appendonly", "yes", "--appendfsync", "always");

    [Fact]
    public Task Redis_is_frozen_for_five_seconds() => RunAsync(async (redis, _) =>
    {
        redis.Signal("STOP");
        await Task.Delay(5000);
        redis.Signal("CONT");
    });

    [Fact]
    public Task Everything_is_flushed() => RunAsync((redis, _) => redis.CommandAsync("FLUSHALL"));

    [Fact]
    public Task The_log_is_evicted() => RunAsync(async (redis, cluster) =>
    {
        foreach (string part in new[] { "meta", "patterns", "keys" })
        {
            await redis.CommandAsync("DEL", $"{{{cluster.Prefix}#log}}:{part}");
            await Task.Delay(500);
        }
    });

    [Fact]
    public Task The_subscriptions_are_lost() => RunAsync(async (redis, _) =>
    {
        for (int i = 0; i < 5; i++)
        {
            await redis.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub");
            await Task.Delay(300);
        }
    });

    [Fact]
    public Task Processes_are_paused_in_the_middle_of_loads() => RunAsync(async (_, cluster) =>
    {
        for (int i = 0; i < Cluster.Size; i++)
        {
            cluster.Nodes[i].Signal("STOP");
            await Task.Delay(1700);
            cluster.Nodes[i].Signal("CONT");
        }
    });

    [Theory]
    [InlineData("Cut")]
    [InlineData("Slow")]
    [InlineData("Deaf")]
    [InlineData("Mute")]
    [InlineData("HalfClosed")]
    public async Task The_connection_of_one_process_is_spoiled(string line)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var proxy = new TcpProxy(redis.Port);
        await using var cluster = await Cluster.StartAsync(output, [proxy.EndPoint, redis.EndPoint, redis.EndPoint, redis.EndPoint]);
        await BreakAsync(cluster, async () =>
        {
            proxy.Line = Enum.Parse<Line>(line);
            await Task.Delay(4000);
            proxy.Line = Line.Cut; // what was half open is closed, as a network does sooner or later
            proxy.Line = Line.Good;
        });
    }

    private async Task RunAsync(Func<RedisServer, Cluster, Task> fault, params string[] arguments)
    {
        await using var redis = await RedisServer.StartAsync(password: null, arguments);
        await using var cluster = await Cluster.StartAsync(output, [redis.EndPoint]);
        await BreakAsync(cluster, () => fault(redis, cluster));
    }

    private static async Task BreakAsync(Cluster cluster, Func<Task> fault)
    {
        await Task.Delay(2000);
        await cluster.TellAsync("broken");
        await fault();
        await Task.Delay(Grace);
        await cluster.UntilTrustedAsync();
        await cluster.TellAsync("healthy");
        await Task.Delay(3000);
        var reports = await cluster.EndAsync(TimeSpan.FromSeconds(3));
        Assert.All(reports, report => Assert.True(report.Reads > 100 && report.Writes > 10));
        Assert.Equal(0, reports.Sum(report => report.OwnStale + report.SeenStale + report.LateStale + report.Exceptions));
    }
}
