using BenchmarkDotNet.Attributes;
using CachedAttr.Benchmarks.Serialization;
using CachedAttr.Redis;
using CachedAttr.Redis.Tests;
using StackExchange.Redis;

namespace CachedAttr.Benchmarks;

/// <summary>A thousand keys that are in Redis, the local tier off: by one call, and by a thousand. A server is started.</summary>
[MemoryDiagnoser]
public partial class RedisManyBenchmarks
{
    private const int Keys = 1000;

    private readonly int[] _ids = [.. Enumerable.Range(0, Keys)];
    private RedisServer _server = null!;
    private Cache _cache = null!;
    private ManyService _service = null!;

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public Task<IReadOnlyDictionary<int, ServerRecord>> OneCall() => _service.GetManyAsync(_ids);

    [Benchmark]
    public async Task<int> ThousandCalls()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += (await _service.GetAsync(id)).Id;
        return sum;
    }

    private async Task SetupAsync()
    {
        _server = await RedisServer.StartAsync();
        _cache = Cache.Create(options => options.BackendFactory = settings => new RedisBackend(settings, ConnectionMultiplexer.Connect(_server.EndPoint)));
        _service = new(_cache);
        await _service.GetManyAsync(_ids);
        while (!_cache.IsIdle)
            await Task.Delay(10);
        int loads = ManyService.Loads;
        if ((await OneCall()).Count != Keys || ManyService.Loads != loads)
            throw new InvalidOperationException("The records are not in the backend.");
    }

    private async Task CleanupAsync()
    {
        await _cache.DisposeAsync();
        await _server.DisposeAsync();
    }

    public sealed partial class ManyService(Cache cache)
    {
        private static int _loads;

        public static int Loads => _loads;

        [Cached("record:{id}", Ttl = 3600, Tiers = CacheTiers.Backend)]
        public partial Task<ServerRecord> GetAsync(int id);

        [Cached("record:{ids}", Ttl = 3600, Tiers = CacheTiers.Backend)]
        public partial Task<IReadOnlyDictionary<int, ServerRecord>> GetManyAsync(IReadOnlyCollection<int> ids);

        private static Task<ServerRecord> GetCoreAsync(int id)
        {
            Interlocked.Increment(ref _loads);
            return Task.FromResult(Payloads.Record with { Id = id });
        }

        private static Task<IReadOnlyDictionary<int, ServerRecord>> GetManyCoreAsync(IReadOnlyCollection<int> ids)
        {
            Interlocked.Increment(ref _loads);
            return Task.FromResult<IReadOnlyDictionary<int, ServerRecord>>(ids.ToDictionary(id => id, id => Payloads.Record with { Id = id }));
        }
    }
}
