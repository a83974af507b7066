using System.Globalization;
using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using StackExchange.Redis;

namespace CachedAttr.Redis.Tests;

/// <summary>The suite on a cluster: entries and log are on different nodes.</summary>
public sealed class ClusterRedisTests(RedisCluster cluster) : BackendConformance, IClassFixture<RedisCluster>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult<ICacheBackend>(SingleRedisTests.Open(settings, cluster.EndPoints));

    [Fact]
    public async Task Keys_are_on_all_masters()
    {
        foreach (int i in Enumerable.Range(0, 100))
            Assert.True(await SetNowAsync($"k{i}", "v"));
        var sizes = await Task.WhenAll(cluster.Servers.Select(server => server.CommandAsync("DBSIZE")));
        Assert.All(sizes, static size => Assert.NotEqual(":0\r\n", size));
        var status = await Backend.GetStatusAsync(Call);
        Assert.Equal("3", status.Details["masters"]);
        Assert.True(status.Entries >= 100);
        Assert.True(status.UsedBytes > 3_000_000, "not summed over the nodes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_keys_are_read_in_their_order_by_one_command_for_each_slot(bool isSynchronous)
    {
        // Twenty slots of five keys, and twenty of one.
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => $"{{s{i % 20}}}:{i}"), .. Enumerable.Range(0, 20).Select(i => $"alone:{i}")];
        foreach (string key in keys.Where(static (_, i) => i % 7 != 0))
            Assert.True(await SetNowAsync(key, "value of " + key));
        long before = await CountAsync("mget");
        var found = await Backend.GetManyAsync(keys, isSynchronous ? BackendCall.Synchronous : Call);
        Assert.Equal(keys.Select(static (key, i) => i % 7 != 0 ? "value of " + key : null), found.Select(Payload));
        Assert.Equal(20, await CountAsync("mget") - before);
    }

    [Fact]
    public async Task Keys_of_a_slot_that_is_being_moved_are_read_from_both_nodes()
    {
        // {m} is in the middle third of the slots.
        string slot = (await cluster.Servers[0].CommandAsync("CLUSTER", "KEYSLOT", "m")).Trim(':', '\r', '\n');
        int owner = int.Parse(slot, CultureInfo.InvariantCulture) * 3 / 16384;
        RedisServer from = cluster.Servers[owner], to = cluster.Servers[(owner + 1) % 3];
        string[] keys = ["{m}:1", "{m}:2", "{m}:3"];
        foreach (string key in keys)
            Assert.True(await SetNowAsync(key, key));
        string source = await IdAsync(from), target = await IdAsync(to);
        await to.CommandAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", source);
        await from.CommandAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", target);
        try
        {
            await from.CommandAsync("MIGRATE", "127.0.0.1", to.Port.ToString(CultureInfo.InvariantCulture), Settings.KeyPrefix + keys[1], "0", "5000");
            Assert.Contains("TRYAGAIN", await from.CommandAsync(["MGET", .. keys.Select(key => Settings.KeyPrefix + key)]), StringComparison.Ordinal);
            Assert.Equal(keys, (await Backend.GetManyAsync(keys, Call)).Select(Payload));
            Assert.Equal(keys, (await Backend.GetManyAsync(keys, BackendCall.Synchronous)).Select(Payload));
        }
        finally
        {
            await to.CommandAsync("MIGRATE", "127.0.0.1", from.Port.ToString(CultureInfo.InvariantCulture), Settings.KeyPrefix + keys[1], "0", "5000");
            foreach (var server in new[] { from, to })
                await server.CommandAsync("CLUSTER", "SETSLOT", slot, "STABLE");
        }
    }

    private static async Task<string> IdAsync(RedisServer server) => (await server.CommandAsync("CLUSTER", "MYID")).Split("\r\n")[1];

    /// <summary>How often the masters have carried out a command.</summary>
    private async Task<long> CountAsync(string command)
    {
        long count = 0;
        foreach (var server in cluster.Servers)
        {
            string line = (await server.CommandAsync("INFO", "commandstats")).Split("\r\n").FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:", StringComparison.Ordinal)) ?? "=0,";
            count += long.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture);
        }

        return count;
    }

    [Fact]
    public async Task Many_keys_in_many_slots_are_invalidated_by_one_call()
    {
        var position = await PresentAsync();
        InvalidationTarget[] keys = [.. Enumerable.Range(0, 200).Select(i => Key($"k{i}"))];
        var page = await Backend.InvalidateAsync(keys, position, Call);
        Assert.Equal(keys, page.Records.Select(static record => record.What));
        foreach (var key in keys)
        {
            Assert.Equal(page.Appended, (await StampAsync(key.Text)).Sequence);
            Assert.False(await Backend.SetAsync(key.Text, Entry(position, "slow load"), TimeSpan.FromMinutes(1), Call));
        }
    }

    [Fact]
    public async Task A_block_keeps_out_every_load_and_is_settled_by_its_owner_alone()
    {
        var present = await PresentAsync();
        await RunAsync(RedisScript.Block, "k", 11, 60_000);
        Assert.False(await Backend.SetAsync("k", Entry(present, "load"), TimeSpan.FromMinutes(1), Call));
        Assert.Equal("tombstone", await GetAsync("k"));

        await RunAsync(RedisScript.Settle, "k", 12, present.Epoch, present.Sequence + 1, 60_000, "", 60_000);
        Assert.False(await Backend.SetAsync("k", Entry(await PresentAsync(), "load"), TimeSpan.FromMinutes(1), Call));

        await RunAsync(RedisScript.Settle, "k", 11, present.Epoch, present.Sequence + 1, 60_000, "", 60_000);
        Assert.Equal(present.Sequence + 1, (await StampAsync("k")).Sequence);
        Assert.False(await Backend.SetAsync("k", Entry(present, "load"), TimeSpan.FromMinutes(1), Call));
        Assert.True(await SetNowAsync("k", "later load"));
    }

    [Fact]
    public async Task What_has_waited_too_long_settles_over_what_is_older_and_leaves_what_is_newer()
    {
        var before = await PresentAsync();
        await Backend.SetAsync("older", Entry(before, "older"), TimeSpan.FromMinutes(1), Call);
        await PassAsync(TimeSpan.FromMilliseconds(20));
        var after = await PresentAsync();
        await Backend.SetAsync("newer", Entry(after, "newer"), TimeSpan.FromMinutes(1), Call);
        long sequence = (before.Sequence + after.Sequence) / 2;
        await RunAsync(RedisScript.Settle, "older", 13, before.Epoch, sequence, 60_000, "", 60_000);
        await RunAsync(RedisScript.Settle, "newer", 13, before.Epoch, sequence, 60_000, "", 60_000);
        Assert.Equal(("tombstone", "newer"), (await GetAsync("older"), await GetAsync("newer")));
    }

    [Fact]
    public async Task What_is_counted_while_a_key_is_blocked_ends_with_the_invalidation()
    {
        var position = await PresentAsync();
        await RunAsync(RedisScript.Block, "n", 14, 60_000);
        Assert.Equal(5, await Backend.IncrementAsync("n", new(5, TimeSpan.FromMinutes(1), position, 0), Call));
        Assert.Equal("tombstone", await GetAsync("n"));
        await RunAsync(RedisScript.Settle, "n", 14, position.Epoch, position.Sequence + 1, 60_000, "", 60_000);
        Assert.Equal(1, await Backend.IncrementAsync("n", new(1, TimeSpan.FromMinutes(1), position, 0), Call));
    }

    [Fact]
    public async Task Nodes_that_are_full_take_invalidations_all_the_same()
    {
        var before = await PresentAsync();
        await SetNowAsync("k", "old");
        try
        {
            await LimitMemoryAsync("1");
            await Assert.ThrowsAsync<CacheBackendException>(() => SetNowAsync("another", "v"));
            await Backend.InvalidateAsync([Key("k"), Pattern("p:*")], before, Call);
            await Backend.PutAsync("put", Entry(before, "by hand"), TimeSpan.FromMinutes(1), before, Call);
            Assert.Equal(("tombstone", "tombstone"), (await GetAsync("k"), await GetAsync("put")));
            Assert.Equal(3, (await Backend.ReadLogAsync(before, Call)).Records.Count);
        }
        finally
        {
            await LimitMemoryAsync("0");
        }
    }

    [Fact]
    public async Task A_user_that_this_client_cannot_log_in_everywhere_is_told()
    {
        await Task.WhenAll(cluster.Servers.Select(server => server.CommandAsync("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*", "+@all")));
        await using var backend = RedisBackend.Create(Settings, new RedisOptions { Connection = $"redis://app:secret@{cluster.EndPoints}" });
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.Contains("Reference StackExchange.Redis 2.0 or later", exception.Message, StringComparison.Ordinal);
    }

    private Task LimitMemoryAsync(string bytes) => Task.WhenAll(cluster.Servers.Select(server => server.CommandAsync("CONFIG", "SET", "maxmemory", bytes)));

    private async Task RunAsync(RedisScript script, string key, params RedisValue[] values)
    {
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(cluster.EndPoints);
        await script.RunAsync(multiplexer.GetDatabase(), [Settings.KeyPrefix + key], values, Call);
    }
}
