using System.Globalization;
using CachedAttr.Redis.Tests;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>
/// Four processes read, write and invalidate, two of them with clocks ten minutes apart. <c>CACHEDATTR_CONSISTENCY_SECONDS=3600</c> runs it longer.
/// </summary>
[Collection(Busy.Name)]
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
}
