using CachedAttr.Backends.Conformance;
using StackExchange.Redis;

namespace CachedAttr.Redis.Tests;

/// <summary>The time lines of freshness, on Redis.</summary>
public sealed class RedisTimelines(SingleRedis redis) : FreshnessTimelines, IClassFixture<SingleRedis>
{
    private readonly string _prefix = Guid.NewGuid().ToString("N") + ":";

    protected override void Configure(CacheOptions options)
    {
        options.KeyPrefix = _prefix;
        options.BackendFactory = settings => new RedisBackend(settings, ConnectionMultiplexer.Connect(redis.Server.EndPoint));
    }
}
