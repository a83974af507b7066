using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using CachedAttr.Keys;
using StackExchange.Redis;

namespace CachedAttr.Redis.Tests;

/// <summary>One server for the tests of a class.</summary>
public sealed class SingleRedis : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

/// <summary>The suite on a single server.</summary>
public sealed class SingleRedisTests(SingleRedis redis) : BackendConformance, IClassFixture<SingleRedis>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult<ICacheBackend>(Open(settings));

    [Theory]
    [InlineData("meta")]
    [InlineData("patterns")]
    [InlineData("keys")]
    public async Task A_log_that_is_gone_in_whole_or_in_part_is_followed_by_one_with_another_epoch(string part)
    {
        var position = await PresentAsync();
        await Backend.InvalidateAsync([Pattern("a:*"), Key("k")], position, Call);
        await redis.Server.CommandAsync("DEL", $"{{{Settings.KeyPrefix}#log}}:{part}");
        var page = await Backend.ReadLogAsync(position, Call);
        Assert.NotEqual(position.Epoch, page.Epoch);
        Assert.Equal(0, page.After);
        Assert.Empty(page.Records);
        Assert.Equal(page.Epoch, (await Backend.ReadLogAsync(page.End, Call)).Epoch);
    }

    [Fact]
    public async Task Whether_anything_was_appended_is_known_beside_an_entry_and_not_when_memory_has_cost_that()
    {
        var position = await PresentAsync();
        Assert.Equal(new CheckedEntry(true, null), await Backend.GetCheckedAsync("k", position, Call));
        await redis.Server.CommandAsync("DEL", $"{{{Settings.KeyPrefix}#log}}:head");
        Assert.Equal(new CheckedEntry(false, null), await Backend.GetCheckedAsync("k", position, Call));
        position = (await Backend.ReadLogAsync(position, Call)).End;
        Assert.Equal(new CheckedEntry(true, null), await Backend.GetCheckedAsync("k", position, Call));
    }

    [Fact]
    public async Task A_tombstone_that_was_evicted_is_made_up_for_by_the_log()
    {
        var load = await PresentAsync();
        var page = await Backend.InvalidateAsync([Key("k")], load, Call);
        await redis.Server.CommandAsync("DEL", Settings.KeyPrefix + "k");
        Assert.False(await Backend.SetAsync("k", Entry(load, "slow load"), TimeSpan.FromMinutes(1), Call));
        Assert.True(await Backend.SetAsync("k", Entry(page.End, "load after it"), TimeSpan.FromMinutes(1), Call));
    }

    [Fact]
    public async Task A_load_from_before_what_the_log_has_forgotten_for_want_of_room_is_not_stored()
    {
        await using var small = await OpenAsync(Settings with { KeyPrefix = Settings.KeyPrefix + "few:", MaxKeys = 1 });
        var load = (await small.ReadLogAsync(LogPosition.None, Call)).End;
        await small.InvalidateAsync([Key("k"), Key("another")], load, Call);
        await redis.Server.CommandAsync("DEL", Settings.KeyPrefix + "few:k");
        Assert.False(await small.SetAsync("k", Entry(load, "slow load"), TimeSpan.FromMinutes(1), Call));
    }

    [Fact]
    public async Task Another_database_of_the_server_is_another_store()
    {
        await SetNowAsync("k", "in database 0");
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(redis.Server.EndPoint);
        await using var third = new RedisBackend(Settings, multiplexer, database: 3);
        Assert.Null(await third.GetAsync("k", Call));
        var position = (await third.ReadLogAsync(LogPosition.None, Call)).End;
        await third.SetAsync("three", Entry(position, "in database 3"), TimeSpan.FromMinutes(1), Call);
        var found = new List<string>();
        await foreach (string key in third.ScanAsync(KeyPattern.Everything, CancellationToken.None))
            found.Add(key);
        Assert.Equal(["three"], found);
        Assert.StartsWith("7.", (await third.GetStatusAsync(Call)).Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_cache_that_others_have_emptied_is_filled_again()
    {
        await PresentAsync();
        await redis.Server.CommandAsync("SCRIPT", "FLUSH");
        await Backend.InvalidateAsync([Pattern("a:*")], LogPosition.None, Call);
        await redis.Server.CommandAsync("SCRIPT", "FLUSH");
        Assert.True(await SetNowAsync("k", "v"));
    }

    [Fact]
    public async Task The_status_is_the_servers()
    {
        await SetNowAsync("k", "v");
        var status = await Backend.GetStatusAsync(Call);
        Assert.StartsWith("7.", status.Version, StringComparison.Ordinal);
        Assert.Equal("noeviction", status.EvictionPolicy);
        Assert.True(status is { UsedBytes: > 0, Clients: > 0, Entries: > 0, Uptime: not null });
        Assert.Contains(redis.Server.EndPoint, status.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_counter_is_a_string_that_the_cache_reads()
    {
        await AddOneAsync("n");
        Assert.True(CounterEntry.TryRead((await Backend.GetAsync("n", Call))!.Value, out _, out long value));
        Assert.Equal(1, value);
    }

    internal static RedisBackend Open(BackendSettings settings, string endPoint, string? more = null) =>
        RedisBackend.Create(settings, new RedisOptions { Connection = $"{endPoint},connectTimeout=2000,syncTimeout=5000{more}" });

    private RedisBackend Open(BackendSettings settings) => Open(settings, redis.Server.EndPoint);

    private async Task AddOneAsync(string key) => await Backend.IncrementAsync(key, new(1, TimeSpan.FromMinutes(1), await PresentAsync(), 0), Call);
}
