using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CachedAttr.Backends;
using CachedAttr.Redis;
using CachedAttr.Redis.Tests;
using StackExchange.Redis;

namespace CachedAttr.Benchmarks;

/// <summary>
/// What the backend itself adds to the client for a read of 1 KB, as a hit calls it, and what the relay adds that logs in an ACL user. A server is started.
/// </summary>
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class RedisBackendBenchmarks
{
    private const int Concurrent = 64;

    private RedisServer _server = null!;
    private ConnectionMultiplexer _multiplexer = null!;
    private IDatabase _database = null!;
    private RedisBackend _backend = null!;
    private RedisBackend _relayed = null!;

    private static BackendCall Call => BackendCall.Async();

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _server = await RedisServer.StartAsync();
        await _server.CommandAsync("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*", "+@all");
        _multiplexer = await ConnectionMultiplexer.ConnectAsync(_server.EndPoint);
        _database = _multiplexer.GetDatabase();
        var settings = new BackendSettings { KeyPrefix = "b:" };
        _backend = RedisBackend.Create(settings, new RedisOptions { Connection = "redis://" + _server.EndPoint });
        _relayed = RedisBackend.Create(settings, new RedisOptions { Connection = "redis://app:secret@" + _server.EndPoint });
        await _database.StringSetAsync("b:k", new byte[1024]);
        if (await _backend.GetAsync("k", Call) is not { Length: 1024 } || await _relayed.GetAsync("k", Call) is not { Length: 1024 })
            throw new InvalidOperationException("The entry is not there.");
    }

    private async Task CleanupAsync()
    {
        await _backend.DisposeAsync();
        await _relayed.DisposeAsync();
        _multiplexer.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark(Baseline = true), BenchmarkCategory("one at a time")]
    public async Task<int> Client() => ((byte[])(await _database.StringGetAsync("b:k"))!).Length;

    [Benchmark, BenchmarkCategory("one at a time")]
    public async Task<int> Backend() => (await _backend.GetAsync("k", Call).AsTask())!.Value.Length;

    [Benchmark, BenchmarkCategory("one at a time")]
    public async Task<int> BackendOverRelay() => (await _relayed.GetAsync("k", Call).AsTask())!.Value.Length;

    [Benchmark(Baseline = true, OperationsPerInvoke = Concurrent), BenchmarkCategory("64 at once")]
    public Task ClientConcurrent() => Task.WhenAll(Enumerable.Range(0, Concurrent).Select(_ => Client()));

    [Benchmark(OperationsPerInvoke = Concurrent), BenchmarkCategory("64 at once")]
    public Task BackendConcurrent() => Task.WhenAll(Enumerable.Range(0, Concurrent).Select(_ => Backend()));

    [Benchmark(OperationsPerInvoke = Concurrent), BenchmarkCategory("64 at once")]
    public Task BackendOverRelayConcurrent() => Task.WhenAll(Enumerable.Range(0, Concurrent).Select(_ => BackendOverRelay()));
}
