using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CachedAttr.Backends;
using CachedAttr.Benchmarks.Serialization;
using CachedAttr.Redis;
using CachedAttr.Redis.Tests;
using CachedAttr.Serialization;
using StackExchange.Redis;

namespace CachedAttr.Benchmarks;

/// <summary>
/// A hit in Redis with the local tier off, a record of 1 KB: one at a time, and 64 at once, against the client alone with the same decoding. A server is started.
/// </summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public partial class RedisBenchmarks
{
    private const int Concurrent = 64;

    private readonly ICacheSerializer<ServerRecord> _serializer = PayloadService.SerializerOf<ServerRecord>(nameof(PayloadService.GetRecord));
    private RedisServer _server = null!;
    private ConnectionMultiplexer _multiplexer = null!;
    private IDatabase _database = null!;
    private Cache _bounded = null!;
    private Cache _strict = null!;
    private RemoteService _boundedService = null!;
    private RemoteService _strictService = null!;

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _server = await RedisServer.StartAsync();
        _multiplexer = await ConnectionMultiplexer.ConnectAsync(_server.EndPoint);
        _database = _multiplexer.GetDatabase();
        _bounded = Node(CacheCoherence.Bounded);
        _strict = Node(CacheCoherence.Strict);
        _boundedService = new(_bounded);
        _strictService = new(_strict);
        await _boundedService.GetAsync(7);
        await _strictService.GetAsync(7);
        using var buffer = new PooledBufferWriter();
        _serializer.Serialize(Payloads.Record, buffer);
        await _database.StringSetAsync("raw", buffer.WrittenSpan.ToArray());
        await Task.Delay(200); // the store of the load, in the background
        int loads = RemoteService.Loads;
        await _boundedService.GetAsync(7);
        if (RemoteService.Loads != loads)
            throw new InvalidOperationException("The record is not in the backend.");
    }

    private async Task CleanupAsync()
    {
        await _bounded.DisposeAsync();
        await _strict.DisposeAsync();
        _multiplexer.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark(Baseline = true), BenchmarkCategory("one at a time")]
    public async Task<ServerRecord> ClientAlone() => _serializer.Deserialize(new((byte[])(await _database.StringGetAsync("raw"))!));

    [Benchmark, BenchmarkCategory("one at a time")]
    public Task<ServerRecord> Bounded() => _boundedService.GetAsync(7);

    [Benchmark, BenchmarkCategory("one at a time")]
    public Task<ServerRecord> Strict() => _strictService.GetAsync(7);

    [Benchmark(Baseline = true, OperationsPerInvoke = Concurrent), BenchmarkCategory("64 at once")]
    public Task ClientAloneConcurrent() => Task.WhenAll(Enumerable.Range(0, Concurrent).Select(_ => ClientAlone()));

    // Different keys: callers of the same one would share a read.
    [Benchmark(OperationsPerInvoke = Concurrent), BenchmarkCategory("64 at once")]
    public Task BoundedConcurrent() => Task.WhenAll(Enumerable.Range(0, Concurrent).Select(i => _boundedService.GetAsync(i)));

    private Cache Node(CacheCoherence coherence) => Cache.Create(options =>
    {
        options.Coherence = coherence;
        options.KeyPrefix = coherence + ":";
        options.BackendFactory = settings => new RedisBackend(settings, ConnectionMultiplexer.Connect(_server.EndPoint));
    });

    public sealed partial class RemoteService(Cache cache)
    {
        private static int _loads;

        public static int Loads => _loads;

        [Cached("record:{id}", Ttl = 3600, Tiers = CacheTiers.Backend)]
        public partial Task<ServerRecord> GetAsync(int id);

        private static Task<ServerRecord> GetCoreAsync(int id)
        {
            Interlocked.Increment(ref _loads);
            return Task.FromResult(Payloads.Record with { Id = id });
        }
    }
}
