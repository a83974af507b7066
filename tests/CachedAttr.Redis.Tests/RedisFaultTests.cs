using System.Diagnostics;
using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis.Tests;

/// <summary>What a fault is called: the setting to look at, and never a password.</summary>
public sealed class RedisFaultTests
{
    [Theory]
    [InlineData("redis://{0}", "NOAUTH", "set CachedAttr:Redis:Password")]
    [InlineData("redis://:t0p%20secret@{0}", "WRONGPASS", "look at CachedAttr:Redis:User and CachedAttr:Redis:Password")]
    [InlineData("redis://app:t0p%20secret@{0}", "WRONGPASS", "look at CachedAttr:Redis:User and CachedAttr:Redis:Password")]
    [InlineData("redis://nobody:secret@{0}", "WRONGPASS", "look at CachedAttr:Redis:User and CachedAttr:Redis:Password")]
    [InlineData("redis://reader:secret@{0}", "NOPERM", "give CachedAttr:Redis:User the rights")]
    public async Task Who_is_not_let_in_is_told_why(string connection, params string[] expected)
    {
        await using var server = await RedisServer.StartConfiguredAsync("admin admin", """
            requirepass right
            user admin on >admin ~* &* +@all
            user app on >secret ~* &* +@all
            user reader on >secret ~* &* -@all +@read +@connection +info

            """);
        await FailsAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, connection, server.EndPoint), expected);
    }

    [Fact]
    public async Task A_port_without_a_server_is_told() => await FailsAsync($"redis://127.0.0.1:{RedisServer.FreePort()}", "cannot be reached: Connection refused (CachedAttr:Redis:Connection)");

    [Fact]
    public async Task Who_calls_where_every_server_says_no_does_not_wait_as_long_as_connecting_may_take()
    {
        var options = new RedisOptions { Connection = $"redis://127.0.0.1:{RedisServer.FreePort()}", ConnectTimeout = 300 };
        await using var backend = RedisBackend.Create(new(), options);
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", BackendCall.Async()).AsTask().WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("cannot be reached: Connection refused", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_server_is_told_and_takes_invalidations_all_the_same()
    {
        await using var server = await RedisServer.StartAsync();
        await using var backend = RedisBackend.Create(new(), new RedisOptions { Connection = server.EndPoint });
        var call = BackendCall.Async();
        var before = (await backend.ReadLogAsync(LogPosition.None, call)).End;
        byte[] entry = [.. EntryHeader.Tombstone(before).AsSpan(0, EntryHeader.FlagsOffset), 0, 1];
        Assert.True(await backend.SetAsync("k", entry, TimeSpan.FromMinutes(1), call));
        await server.CommandAsync("CONFIG", "SET", "maxmemory", "1");
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.SetAsync("other", entry, TimeSpan.FromMinutes(1), call).AsTask());
        Assert.Contains("set maxmemory-policy to allkeys-lru (OOM", exception.Message, StringComparison.Ordinal);

        var page = await backend.InvalidateAsync([new(InvalidationKind.Key, "k"), new(InvalidationKind.Pattern, "p:*")], before, call);
        Assert.Equal(["k", "p:*"], page.Records.Select(static record => record.What.Text));
        Assert.True(EntryHeader.TryRead(new((await backend.GetAsync("k", call))!.Value), out var header, out _) && header.IsTombstone);
        page = await backend.PutAsync("put", entry, TimeSpan.FromMinutes(1), page.End, call);
        Assert.True(EntryHeader.TryRead(new((await backend.GetAsync("put", call))!.Value), out header, out _) && header.IsTombstone);
        Assert.Equal(page.Appended, header.Stamp);
        Assert.Equal(3, (await backend.ReadLogAsync(before, call)).Records.Count);
    }

    [Fact]
    public async Task A_replica_is_told() => await FailsAsync(["REPLICAOF", "127.0.0.1", "1"], "CachedAttr:Redis:Connection has to name the master", "READONLY");

    [Fact]
    public async Task A_replica_that_does_not_answer_without_its_master_is_told() =>
        await FailsAsync(["CONFIG", "SET", "replica-serve-stale-data", "no"], ["REPLICAOF", "127.0.0.1", "1"], "has lost its master", "MASTERDOWN");

    [Fact]
    public async Task Too_few_replicas_are_told() => await FailsAsync(["CONFIG", "SET", "min-replicas-to-write", "3"], "min-replicas-to-write", "NOREPLICAS");

    [Fact]
    public async Task A_server_that_loads_is_told()
    {
        await using var server = await RedisServer.StartAsync(null, "--key-load-delay", "100", "--appendonly", "no", "--enable-debug-command", "yes", "--loading-process-events-interval-bytes", "1024");
        await server.CommandAsync("DEBUG", "POPULATE", "20000");
        await server.CommandAsync("SAVE");
        var loading = server.CommandAsync("DEBUG", "RELOAD", "NOSAVE");
        await RedisSentinelGroup.UntilAsync(server, ["PING"], "LOADING");
        await FailsAsync("redis://" + server.EndPoint, "Redis is loading its data");
        server.Kill();
        await Task.WhenAny(loading);
    }

    [Fact]
    public async Task A_frozen_server_is_told_to_a_thread_that_waits()
    {
        await using var server = await RedisServer.StartAsync();
        await using var backend = RedisBackend.Create(new(), new RedisOptions { Connection = server.EndPoint, CommandTimeout = 0.3 });
        await backend.GetAsync("k", BackendCall.Async());
        server.Signal("STOP");
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", BackendCall.Synchronous).AsTask());
        server.Signal("CONT");
        Assert.Contains("CachedAttr:Redis:CommandTimeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_multiplexer_of_the_application_has_its_faults_told_as_well()
    {
        await using var server = await RedisServer.StartAsync("right", "--requirepass", "right");
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(server.EndPoint + ",abortConnect=false,connectTimeout=500");
        await using var backend = new RedisBackend(new(), multiplexer);
        var exception = await FailureAsync();

        // A client that has never connected cannot know; on a busy machine that takes longer than its time limit.
        for (var clock = Stopwatch.StartNew(); exception.Message.Contains("cannot be reached", StringComparison.Ordinal) && clock.Elapsed < TimeSpan.FromSeconds(30);)
            exception = await FailureAsync();
        Assert.Contains("NOAUTH", exception.Message, StringComparison.Ordinal);

        Task<CacheBackendException> FailureAsync() => Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", BackendCall.Async()).AsTask());
    }

    private static Task FailsAsync(string[] command, params string[] expected) => FailsAsync(["PING"], command, expected);

    private static async Task FailsAsync(string[] first, string[] second, params string[] expected)
    {
        await using var server = await RedisServer.StartAsync();
        await server.CommandAsync(first);
        await server.CommandAsync(second);
        await FailsAsync("redis://" + server.EndPoint, expected);
    }

    private static async Task FailsAsync(string connection, params string[] expected)
    {
        await using var backend = RedisBackend.Create(new() { KeyPrefix = "faults:" }, new RedisOptions { Connection = connection, ConnectTimeout = 1 });
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() =>
            backend.InvalidateAsync([new(InvalidationKind.Key, "k")], LogPosition.None, BackendCall.Async()).AsTask());
        Assert.All(expected, text => Assert.Contains(text, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("t0p secret", exception.ToString(), StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
    }
}
