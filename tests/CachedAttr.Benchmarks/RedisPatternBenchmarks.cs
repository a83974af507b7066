using BenchmarkDotNet.Attributes;
using CachedAttr.Backends;
using CachedAttr.Redis;
using CachedAttr.Redis.Tests;
using StackExchange.Redis;

namespace CachedAttr.Benchmarks;

/// <summary>
/// One pattern is invalidated where Redis has a thousand keys and where it has a million, and, among the million, by finding the keys and deleting them. The
/// pattern matches ten keys: deleting many would only make that dearer. Two servers are started.
/// </summary>
public class RedisPatternBenchmarks
{
    private const int Few = 1_000;
    private const int Many = 1_000_000;

    private Store _few = null!;
    private Store _many = null!;

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _few = await Store.StartAsync(Few);
        _many = await Store.StartAsync(Many);
    }

    private async Task CleanupAsync()
    {
        await _few.DisposeAsync();
        await _many.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public Task<long> Among1Thousand() => _few.InvalidateAsync();

    [Benchmark]
    public Task<long> Among1Million() => _many.InvalidateAsync();

    [Benchmark]
    public Task<long> ScanAndUnlinkAmong1Million() => _many.ScanAndUnlinkAsync();

    private sealed class Store(RedisServer server, ConnectionMultiplexer multiplexer) : IAsyncDisposable
    {
        private const int Batch = 10_000;

        private readonly IDatabase _database = multiplexer.GetDatabase();
        private readonly RedisBackend _backend = new(new BackendSettings { KeyPrefix = "b:" }, multiplexer);
        private LogPosition _position;

        public static async Task<Store> StartAsync(int keys)
        {
            var server = await RedisServer.StartAsync();
            var store = new Store(server, await ConnectionMultiplexer.ConnectAsync(server.EndPoint + ",syncTimeout=60000"));
            byte[] entry = new byte[64];
            for (int first = 0; first < keys; first += Batch)
                await Task.WhenAll(Enumerable.Range(first, Math.Min(Batch, keys - first)).Select(i => store._database.StringSetAsync($"b:item:{i}", entry)));
            return store;
        }

        public async Task<long> InvalidateAsync()
        {
            var page = await _backend.InvalidateAsync([new(InvalidationKind.Pattern, "item:5?")], _position, BackendCall.Async());
            _position = page.End;
            return page.Appended;
        }

        public async Task<long> ScanAndUnlinkAsync()
        {
            object[] found = [.. multiplexer.GetServer(server.EndPoint).Keys(pattern: "b:item:5?", pageSize: 1000).Select(static key => (object)key)];
            long removed = (long)await _database.ExecuteAsync("UNLINK", found);
            if (removed != 10)
                throw new InvalidOperationException($"{removed} keys were found.");
            await Task.WhenAll(found.Select(key => _database.StringSetAsync((RedisKey)key, "again")));
            return removed;
        }

        public async ValueTask DisposeAsync()
        {
            await _backend.DisposeAsync();
            multiplexer.Dispose();
            await server.DisposeAsync();
        }
    }
}
