using System.Globalization;
using CachedAttr.Redis.Tests;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>Four processes ask for the same key of a method with <c>DistributedLock</c> at the same time.</summary>
[Collection(Busy.Name)]
public sealed class StampedeTests(ITestOutputHelper output)
{
    private const string Item = " 5";

    [Fact]
    public async Task One_of_them_loads()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cluster = await Cluster.StartAsync(output, [redis.EndPoint], "idle=1", "maxload=30");
        await AskAllAsync(cluster.Nodes, "read 0");
        int before = await LoadsAsync(cluster.Nodes);
        await AskAllAsync(cluster.Nodes, "begin-locked" + Item);
        await UntilLoadsAsync(cluster.Nodes, before + 1);
        await Task.Delay(500);
        await AskAllAsync(cluster.Nodes, "finish-locked" + Item);
        Assert.Equal(before + 1, await LoadsAsync(cluster.Nodes));
    }

    [Fact]
    public async Task Its_holder_is_killed_and_another_takes_over_before_long()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cluster = await Cluster.StartAsync(output, [redis.EndPoint], "idle=1", "maxload=30");
        await AskAllAsync(cluster.Nodes, "read 0");
        var others = cluster.Nodes[1..];
        int before = await LoadsAsync(others), ofHolder = await LoadsAsync(cluster.Nodes[..1]);
        await cluster.Nodes[0].AskAsync("begin-locked" + Item);
        await UntilLoadsAsync(cluster.Nodes[..1], ofHolder + 1);
        await AskAllAsync(others, "begin-locked" + Item);
        cluster.Nodes[0].Signal("KILL");
        var waited = System.Diagnostics.Stopwatch.StartNew();
        await UntilLoadsAsync(others, before + 1);
        output.WriteLine($"taken over after {waited.ElapsedMilliseconds.ToString(CultureInfo.InvariantCulture)} ms");
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        await AskAllAsync(others, "finish-locked" + Item);
        Assert.Equal(before + 1, await LoadsAsync(others));
    }

    [Fact]
    public async Task Without_Redis_each_loads_once_for_itself()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cluster = await Cluster.StartAsync(output, [redis.EndPoint], "idle=1", "maxload=30");
        await AskAllAsync(cluster.Nodes, "read 0");
        int before = await LoadsAsync(cluster.Nodes);
        redis.Kill();
        await AskAllAsync(cluster.Nodes, "begin-locked" + Item);
        await UntilLoadsAsync(cluster.Nodes, before + 4);
        await AskAllAsync(cluster.Nodes, "finish-locked" + Item);
        Assert.Equal(before + 4, await LoadsAsync(cluster.Nodes));
    }

    private static async Task AskAllAsync(IEnumerable<NodeProcess> nodes, string command) => await Task.WhenAll(nodes.Select(node => node.AskAsync(command)));

    private static async Task<int> LoadsAsync(IEnumerable<NodeProcess> nodes) =>
        (await Task.WhenAll(nodes.Select(node => node.AskAsync("loads 0")))).Sum(loads => int.Parse(loads, CultureInfo.InvariantCulture));

    private static async Task UntilLoadsAsync(IReadOnlyList<NodeProcess> nodes, int count)
    {
        for (int i = 0; i < 200 && await LoadsAsync(nodes) < count; i++)
            await Task.Delay(50);
        Assert.Equal(count, await LoadsAsync(nodes));
    }
}
