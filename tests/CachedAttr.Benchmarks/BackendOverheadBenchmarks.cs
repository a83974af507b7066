using BenchmarkDotNet.Attributes;
using CachedAttr.Backends;
using CachedAttr.Benchmarks.Serialization;
using CachedAttr.Serialization;

namespace CachedAttr.Benchmarks;

/// <summary>What a hit in a backend costs besides the backend: one in memory, which answers at once.</summary>
public class BackendOverheadBenchmarks
{
    private readonly ICacheSerializer<ServerRecord> _serializer = PayloadService.SerializerOf<ServerRecord>(nameof(PayloadService.GetRecord));
    private readonly MemoryBackend _store = new();
    private Cache _cache = null!;
    private RedisBenchmarks.RemoteService _service = null!;

    [GlobalSetup]
    public void Setup()
    {
        _cache = Cache.Create(options => options.BackendFactory = _ => _store);
        _service = new(_cache);
        _service.GetAsync(7).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Cleanup() => _cache.Dispose();

    [Benchmark(Baseline = true)]
    public ServerRecord BackendAlone()
    {
        var read = _store.GetAsync("record:7", BackendCall.Async());
        return _serializer.Deserialize(new((read.IsCompleted ? read.Result : null)!.Value[EntryHeader.Length..]));
    }

    [Benchmark]
    public Task<ServerRecord> CachedMethod() => _service.GetAsync(7);
}
