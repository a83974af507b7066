using BenchmarkDotNet.Attributes;

namespace CachedAttr.Benchmarks;

/// <summary>Invalidating by pattern: the cost must not depend on the number of entries.</summary>
public class PatternInvalidationBenchmarks : IDisposable
{
    private readonly Cache _small = Cache.Create();
    private readonly Cache _large = Cache.Create();

    [GlobalSetup]
    public void Setup()
    {
        Fill(_small, 1_000);
        Fill(_large, 1_000_000);
    }

    [Benchmark(Baseline = true)]
    public void Among1Thousand() => _small.Invalidate("sync:*");

    [Benchmark]
    public void Among1Million() => _large.Invalidate("sync:*");

    [GlobalCleanup]
    public void Dispose()
    {
        _small.Dispose();
        _large.Dispose();
    }

    private static void Fill(Cache cache, int entries)
    {
        var service = new ServerService(cache);
        for (int id = 0; id < entries; id++)
            service.Get(id);
    }
}
