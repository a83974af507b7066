using System.Globalization;
using System.Text.RegularExpressions;
using CachedAttr.Redis.Tests;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>What is on one server is on another a moment later, while four processes work.</summary>
[Collection(Busy.Name)]
public sealed partial class MovingTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task A_master_is_killed_and_the_sentinels_make_another()
    {
        var group = new RedisSentinelGroup();
        await group.InitializeAsync();
        try
        {
            await using var cluster = await Cluster.StartAsync(output, [group.Connection]);
            await Task.Delay(2000);
            await cluster.TellAsync("broken");
            group.Master.Kill();
            await RedisSentinelGroup.UntilAsync(group.Replica, ["INFO", "replication"], "role:master");
            await EndAsync(cluster);
        }
        finally
        {
            await group.DisposeAsync();
        }
    }

    [Fact]
    public async Task Slots_of_a_cluster_move_the_logs_own_with_them()
    {
        var redis = new RedisCluster();
        await redis.InitializeAsync();
        try
        {
            await using var cluster = await Cluster.StartAsync(output, [redis.EndPoints]);
            await Task.Delay(2000);
            await cluster.TellAsync("broken");
            int logs = int.Parse(Number().Match(await redis.Servers[0].CommandAsync("CLUSTER", "KEYSLOT", $"{{{cluster.Prefix}#log}}")).Value, CultureInfo.InvariantCulture);
            int owner = logs * 3 / 16384;
            foreach (int slot in Enumerable.Range(16384 * owner / 3, 300).Append(logs).Distinct())
                await MoveAsync(redis, slot, redis.Servers[owner], redis.Servers[(owner + 1) % 3]);
            await EndAsync(cluster);
        }
        finally
        {
            await redis.DisposeAsync();
        }
    }

    private static async Task EndAsync(Cluster cluster)
    {
        await Task.Delay(Grace);
        await cluster.UntilTrustedAsync();
        await cluster.TellAsync("healthy");
        await Task.Delay(3000);
        var reports = await cluster.EndAsync(TimeSpan.FromSeconds(3));
        Assert.All(reports, report => Assert.True(report.Reads > 100 && report.Writes > 10));
        Assert.Equal(0, reports.Sum(report => report.OwnStale + report.SeenStale + report.LateStale + report.Exceptions));
    }

    private static async Task MoveAsync(RedisCluster redis, int slot, RedisServer from, RedisServer to)
    {
        string number = slot.ToString(CultureInfo.InvariantCulture), source = await IdAsync(from), target = await IdAsync(to);
        await to.CommandAsync("CLUSTER", "SETSLOT", number, "IMPORTING", source);
        await from.CommandAsync("CLUSTER", "SETSLOT", number, "MIGRATING", target);
        while (Keys(await from.CommandAsync("CLUSTER", "GETKEYSINSLOT", number, "50")) is { Length: > 0 } keys)
            await from.CommandAsync(["MIGRATE", "127.0.0.1", to.Port.ToString(CultureInfo.InvariantCulture), "", "0", "5000", "REPLACE", "KEYS", .. keys]);
        foreach (var server in redis.Servers)
            await server.CommandAsync("CLUSTER", "SETSLOT", number, "NODE", target);
    }

    private static async Task<string> IdAsync(RedisServer server) => (await server.CommandAsync("CLUSTER", "MYID")).Split("\r\n")[1];

    // "*2 $3 abc $2 de", a line each.
    private static string[] Keys(string answer) => [.. answer.Split("\r\n").Skip(1).Where((_, i) => i % 2 == 1)];

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
