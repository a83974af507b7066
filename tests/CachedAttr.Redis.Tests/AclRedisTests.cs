using System.Net;
using System.Net.Sockets;
using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Redis.Tests;

/// <summary>A server where the default user is off, and another may do what docs/redis.md says that it needs to, and nothing else.</summary>
public sealed class AclRedis : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RedisServer.StartConfiguredAsync("admin admin", """
        user default off
        user admin on >admin ~* &* +@all
        user app on >secret ~conformance-* ~{conformance-* &{conformance-* -@all +@read +@write +@connection +@scripting +@pubsub +info +time
        user reader on >secret ~conformance-* &* -@all +@read +@connection +info

        """);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

/// <summary>The suite with an ACL user who has no more rights than needed.</summary>
public sealed class AclRedisTests(AclRedis redis) : BackendConformance, IClassFixture<AclRedis>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult<ICacheBackend>(
        RedisBackend.Create(settings, new RedisOptions { Connection = $"redis://app:secret@{redis.Server.EndPoint}", ConnectTimeout = 2, CommandTimeout = 5 }));

    [Fact]
    public async Task The_server_knows_the_user_by_name()
    {
        await PresentAsync();
        string clients = await redis.Server.CommandAsync("CLIENT", "LIST");
        Assert.Contains("name=CachedAttr ", clients, StringComparison.Ordinal);
        Assert.Contains(" user=app ", clients, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_relay_turns_away_who_does_not_know_its_token()
    {
        bool connected = false;
        await using var relay = new RedisUserRelay("app", "secret", (_, _) =>
        {
            connected = true;
            throw new IOException("not to be reached");
        });
        using var stranger = new TcpClient();
        await stranger.ConnectAsync((IPEndPoint)relay.For(new IPEndPoint(IPAddress.Loopback, redis.Server.Port)));
        await stranger.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"*2\r\n$4\r\nAUTH\r\n$64\r\n{new string('0', 64)}\r\n"));
        Assert.Equal(0, await stranger.GetStream().ReadAsync(new byte[10]).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(connected);
    }
}
