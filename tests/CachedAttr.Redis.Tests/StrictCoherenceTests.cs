using CachedAttr.Backends.Conformance;

namespace CachedAttr.Redis.Tests;

/// <summary>Two processes with strict coherence that nobody tells of anything: no message arrives, and the heartbeat is a minute away.</summary>
public sealed class StrictCoherenceTests(SingleRedis redis) : IClassFixture<SingleRedis>
{
    [Theory]
    [InlineData("item:*")]
    [InlineData("item:1")]
    public async Task What_another_has_invalidated_is_served_to_no_call_that_begins_after_it(string invalidated)
    {
        string prefix = $"strict-{invalidated.Length}-{invalidated[^1]}:";
        await using var one = Node(prefix);
        await using var other = Node(prefix);
        long truth = 0;
        int loads = 0;
        ValueTask<long> Load(CancellationToken _)
        {
            Interlocked.Increment(ref loads);
            return new(Volatile.Read(ref truth));
        }

        for (long version = 1; version <= 50; version++)
        {
            // Both have it, one of them in turn by loading it.
            var (writer, reader) = version % 2 == 0 ? (one, other) : (other, one);
            await reader.GetOrLoadAsync("item:1", Load, TimeSpan.FromMinutes(1));
            await writer.GetOrLoadAsync("item:1", Load, TimeSpan.FromMinutes(1));
            Volatile.Write(ref truth, version);
            await writer.InvalidateAsync(invalidated);
            Assert.Equal(version, await reader.GetOrLoadAsync("item:1", Load, TimeSpan.FromMinutes(1)));
        }

        // Without an invalidation it is a hit, once both have it.
        foreach (var node in new[] { one, other })
            await node.GetOrLoadAsync("item:1", Load, TimeSpan.FromMinutes(1));
        int before = loads;
        for (int i = 0; i < 10; i++)
            Assert.Equal((50, 50), (await one.GetOrLoadAsync("item:1", Load, TimeSpan.FromMinutes(1)), await other.GetOrLoadAsync("item:1", Load, TimeSpan.FromMinutes(1))));
        Assert.Equal(before, loads);
    }

    private Cache Node(string prefix) => Cache.Create(options =>
    {
        options.Coherence = CacheCoherence.Strict;
        options.KeyPrefix = prefix;
        options.HeartbeatInterval = 60;
        options.BackendFactory = settings => new FaultyBackend(SingleRedisTests.Open(settings, redis.Server.EndPoint)) { IsSilent = true };
    });
}
