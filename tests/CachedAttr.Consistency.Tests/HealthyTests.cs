using System.Globalization;
using CachedAttr.Redis.Tests;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>
/// Four processes read, write and invalidate, two of them with clocks ten minutes apart. <c>CACHEDATTR_CONSISTENCY_SECONDS=3600</c> runs it longer.
/// </summary>
public sealed class HealthyTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("CACHEDATTR_CONSISTENCY_SECONDS") ?? "60", CultureInfo.InvariantCulture));

    [Fact]
    public async Task No_process_serves_what_it_knows_to_be_invalid_and_all_know_soon()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cluster = await Cluster.StartAsync(output, [redis.EndPoint]);
        await Task.Delay(Duration);
        var reports = await cluster.EndAsync(TimeSpan.FromSeconds(3));
        Assert.All(reports, report => Assert.True(report.Reads > 1000 && report.Writes > 100 && report.Loads > 100));
        Assert.Equal(0, reports.Sum(report => report.OwnStale + report.SeenStale + report.LateStale + report.Exceptions));
    }

    [Theory]
    [InlineData("stamp")]
    [InlineData("tombstone")]
    [InlineData("age")]
    [InlineData("floor")]
    public async Task Without_a_guard_the_harness_notices(string guard)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cluster = await Cluster.StartAsync(output, [redis.EndPoint], "without=" + guard, "capacity=" + (guard == "floor" ? "1000" : "8"));
        for (int i = 0; i < 6; i++)
        {
            // Each is paused once for longer than a load may take, in the middle of whatever it does.
            await Task.Delay(500);
            cluster.Nodes[i % Cluster.Size].Signal("STOP");
            await Task.Delay(2500);
            cluster.Nodes[i % Cluster.Size].Signal("CONT");
        }

        await Task.Delay(500);
        await cluster.TellAsync("stop");
        long violations = 0;
        foreach (var node in cluster.Nodes)
        {
            var report = await node.ReportAsync();
            violations += report.OwnStale + report.SeenStale + await node.CountStaleAsync();
        }

        output.WriteLine($"without {guard}: {violations} violations");
        Assert.NotEqual(0, violations);
    }
}
