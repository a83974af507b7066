using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CachedAttr.Benchmarks.Serialization;
using CachedAttr.Redis;
using CachedAttr.Redis.Tests;
using CachedAttr.Serialization;
using StackExchange.Redis;

namespace CachedAttr.Benchmarks;

/// <summary>
/// A thousand keys that are in Redis, the local tier off: by one call, and by a thousand; records of two members, and of 1 KB. And what the client alone gains by MGET,
/// with the same decoding: more than that nobody can. A server is started.
/// </summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public partial class RedisManyBenchmarks
{
    private const int Keys = 1000;

    private readonly int[] _ids = [.. Enumerable.Range(0, Keys)];
    private RedisServer _server = null!;
    private Cache _cache = null!;
    private ManyService _service = null!;
    private readonly ICacheSerializer<ServerRecord> _serializer = PayloadService.SerializerOf<ServerRecord>(nameof(PayloadService.GetRecord));
    private readonly RedisKey[] _rawKeys = [.. Enumerable.Range(0, Keys).Select(i => (RedisKey)$"raw:{i}")];
    private ConnectionMultiplexer _multiplexer = null!;
    private IDatabase _database = null!;

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true), BenchmarkCategory("1 KB")]
    public Task<IReadOnlyDictionary<int, ServerRecord>> OneCall() => _service.GetManyAsync(_ids);

    [Benchmark, BenchmarkCategory("1 KB")]
    public async Task<int> ThousandCalls()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += (await _service.GetAsync(id)).Id;
        return sum;
    }

    [Benchmark(Baseline = true), BenchmarkCategory("two members")]
    public Task<IReadOnlyDictionary<int, Server>> OneCallSmall() => _service.GetManySmallAsync(_ids);

    [Benchmark, BenchmarkCategory("two members")]
    public async Task<int> ThousandCallsSmall()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += (await _service.GetSmallAsync(id)).Id;
        return sum;
    }

    [Benchmark(Baseline = true), BenchmarkCategory("client, 1 KB")]
    public async Task<Dictionary<int, ServerRecord>> ClientMget()
    {
        var found = new Dictionary<int, ServerRecord>();
        var values = await _database.StringGetAsync(_rawKeys);
        for (int i = 0; i < values.Length; i++)
            found[i] = _serializer.Deserialize(new((byte[])values[i]!));
        return found;
    }

    [Benchmark, BenchmarkCategory("client, 1 KB")]
    public async Task<int> ClientThousandGets()
    {
        int sum = 0;
        foreach (var key in _rawKeys)
            sum += _serializer.Deserialize(new((byte[])(await _database.StringGetAsync(key))!)).Id;
        return sum;
    }

    private async Task SetupAsync()
    {
        _server = await RedisServer.StartAsync();
        _cache = Cache.Create(options => options.BackendFactory = settings => new RedisBackend(settings, ConnectionMultiplexer.Connect(_server.EndPoint)));
        _service = new(_cache);
        await _service.GetManyAsync(_ids);
        await _service.GetManySmallAsync(_ids);
        _multiplexer = await ConnectionMultiplexer.ConnectAsync(_server.EndPoint);
        _database = _multiplexer.GetDatabase();
        using var buffer = new PooledBufferWriter();
        _serializer.Serialize(Payloads.Record, buffer);
        foreach (var key in _rawKeys)
            await _database.StringSetAsync(key, buffer.WrittenSpan.ToArray());
        while (!_cache.IsIdle)
            await Task.Delay(10);
        int loads = ManyService.Loads;
        if ((await OneCall()).Count != Keys || (await OneCallSmall()).Count != Keys || ManyService.Loads != loads)
            throw new InvalidOperationException("The records are not in the backend.");
    }

    private async Task CleanupAsync()
    {
        await _cache.DisposeAsync();
        _multiplexer.Dispose();
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

        [Cached("small:{id}", Ttl = 3600, Tiers = CacheTiers.Backend)]
        public partial Task<Server> GetSmallAsync(int id);

        [Cached("small:{ids}", Ttl = 3600, Tiers = CacheTiers.Backend)]
        public partial Task<IReadOnlyDictionary<int, Server>> GetManySmallAsync(IReadOnlyCollection<int> ids);

        private static Task<Server> GetSmallCoreAsync(int id)
        {
            Interlocked.Increment(ref _loads);
            return Task.FromResult(new Server(id, "a server"));
        }

        private static Task<IReadOnlyDictionary<int, Server>> GetManySmallCoreAsync(IReadOnlyCollection<int> ids)
        {
            Interlocked.Increment(ref _loads);
            return Task.FromResult<IReadOnlyDictionary<int, Server>>(ids.ToDictionary(id => id, id => new Server(id, "a server")));
        }
    }
}
