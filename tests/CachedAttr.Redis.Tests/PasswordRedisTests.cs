using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Redis.Tests;

/// <summary>A server with a password.</summary>
public sealed class PasswordRedis : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RedisServer.StartAsync("p@ss/word:1", "--requirepass", "p@ss/word:1");

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

/// <summary>The suite on a server with a password.</summary>
public sealed class PasswordRedisTests(PasswordRedis redis) : BackendConformance, IClassFixture<PasswordRedis>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult<ICacheBackend>(
        RedisBackend.Create(settings, new RedisOptions { Connection = $"redis://:p%40ss%2Fword%3A1@{redis.Server.EndPoint}", ConnectTimeout = 2, CommandTimeout = 5 }));
}
