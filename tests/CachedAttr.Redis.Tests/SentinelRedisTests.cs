using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Redis.Tests;

/// <summary>The suite on the master that sentinels name.</summary>
public sealed class SentinelRedisTests(RedisSentinelGroup group) : BackendConformance, IClassFixture<RedisSentinelGroup>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult<ICacheBackend>(Open(settings, group));

    [Fact]
    public async Task The_status_names_the_master_and_what_it_was_found_by()
    {
        string? location = (await Backend.GetStatusAsync(Call)).Location;
        Assert.StartsWith("mymaster at 127.0.0.1:", location, StringComparison.Ordinal);
        Assert.EndsWith($"(now {group.Master.EndPoint})", location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_sentinels_do_not_know_is_told()
    {
        await using var lost = RedisBackend.Create(Settings, new RedisOptions { Connection = group.Connection.Replace("mymaster", "yours", StringComparison.Ordinal) });
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => lost.GetAsync("k", Call).AsTask());
        Assert.Contains("The sentinels know no master 'yours'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_with_no_more_rights_than_needed_logs_in_to_the_master()
    {
        string[] rights = ["on", ">secret", "~conformance-*", "~{conformance-*", "&{conformance-*", "-@all", "+@read", "+@write", "+@connection", "+@scripting", "+@pubsub", "+info", "+time", "+role"];
        Assert.StartsWith("+OK", await group.Master.CommandAsync(["ACL", "SETUSER", "app", .. rights]), StringComparison.Ordinal);
        await using var backend = RedisBackend.Create(Settings, new RedisOptions { Connection = group.Connection, User = "app", Password = "secret", ConnectTimeout = 2 });
        Assert.NotEqual(0, (await backend.InvalidateAsync([Key("k"), Pattern("a:*")], LogPosition.None, Call)).Appended);
        Assert.EndsWith($"(now {group.Master.EndPoint})", (await backend.GetStatusAsync(Call)).Location, StringComparison.Ordinal);
    }

    internal static RedisBackend Open(BackendSettings settings, RedisSentinelGroup group) =>
        RedisBackend.Create(settings, new RedisOptions { Connection = group.Connection, ConnectTimeout = 2, CommandTimeout = 5 });
}
