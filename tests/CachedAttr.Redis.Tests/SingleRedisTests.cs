using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
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
    protected override TimeSpan MaxLoad => TimeSpan.FromMilliseconds(700);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult<ICacheBackend>(Open(settings));

    [Fact]
    public async Task A_log_that_is_gone_is_followed_by_one_with_another_epoch()
    {
        var position = await PresentAsync();
        await Backend.InvalidateAsync([Pattern("a:*"), Key("k")], position, Call);
        await redis.Server.CommandAsync("DEL", $"{{{Settings.KeyPrefix}#log}}:meta");
        var page = await Backend.ReadLogAsync(position, Call);
        Assert.NotEqual(position.Epoch, page.Epoch);
        Assert.Equal(0, page.After);
        Assert.Empty(page.Records);
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
        new(settings, new OwnRedisConnection(ConfigurationOptions.Parse($"{endPoint},abortConnect=false,connectTimeout=2000,syncTimeout=5000{more}")));

    private RedisBackend Open(BackendSettings settings) => Open(settings, redis.Server.EndPoint);

    private async Task AddOneAsync(string key) => await Backend.IncrementAsync(key, new(1, TimeSpan.FromMinutes(1), await PresentAsync(), 0), Call);
}
