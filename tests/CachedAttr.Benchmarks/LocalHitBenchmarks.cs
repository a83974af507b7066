using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace CachedAttr.Benchmarks;

/// <summary>
/// A hit in the local tier, against a raw dictionary with the same key and against what people write today. Keys are drawn at random from 1,024, so
/// that the processor cannot learn them; every operation reads all of them once.
/// </summary>
public class LocalHitBenchmarks : IDisposable
{
    private const int Keys = 1024;
    private const int Reads = 1 << 14;

    private readonly int[] _ids = new int[Reads];
    private readonly string[] _owners = new string[Keys];
    private readonly ConcurrentDictionary<int, Server> _byId = new();
    private readonly ConcurrentDictionary<(string, string), Server> _byName = new();
    private readonly MemoryCache _memoryCache = new(new MemoryCacheOptions());
    private readonly Cache _cache = Cache.Create();
    private ServerService _service = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        var random = new Random(1);
        _service = new ServerService(_cache);
        for (int id = 0; id < Keys; id++)
        {
            _owners[id] = $"owner-{id}";
            _byId[id] = new Server(id, "a server");
            _byName[(_owners[id], "repository")] = new Server(id, "a server");
        }

        for (int i = 0; i < Reads; i++)
            _ids[i] = random.Next(Keys);
        Sync();
        await Task();
        await ValueTask();
        SyncByName();
        await MemoryCacheInterpolated();
        await MemoryCacheInterpolatedByName();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Reads)]
    public int Dictionary()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += _byId.TryGetValue(id, out var server) ? server.Id : 0;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public int Sync()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += _service.Get(id).Id;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public async Task<int> Task()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += (await _service.GetAsync(id)).Id;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public async Task<int> ValueTask()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += (await _service.GetFastAsync(id)).Id;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public async Task<int> MemoryCacheInterpolated()
    {
        int sum = 0;
        foreach (int id in _ids)
        {
            sum += (await _memoryCache.GetOrCreateAsync($"server:{id}", entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10);
                return System.Threading.Tasks.Task.FromResult(new Server(id, "a server"));
            }))!.Id;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public int DictionaryByName()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += _byName.TryGetValue((_owners[id], "repository"), out var server) ? server.Id : 0;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public int SyncByName()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += _service.GetByName(_owners[id], "repository").Id;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public async Task<int> MemoryCacheInterpolatedByName()
    {
        int sum = 0;
        foreach (int id in _ids)
        {
            string owner = _owners[id];
            sum += (await _memoryCache.GetOrCreateAsync($"server:{owner}:repository", entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10);
                return System.Threading.Tasks.Task.FromResult(new Server(id, "a server"));
            }))!.Id;
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _memoryCache.Dispose();
        _cache.Dispose();
    }
}
