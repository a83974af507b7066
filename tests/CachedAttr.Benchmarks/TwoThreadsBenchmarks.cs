using BenchmarkDotNet.Attributes;

namespace CachedAttr.Benchmarks;

/// <summary>The same number of hits for each thread, by one thread and by two at once: with perfect scaling both take the same time.</summary>
public class TwoThreadsBenchmarks : IDisposable
{
    private const int Keys = 1024;
    private const int Reads = 1 << 20;

    private readonly int[] _ids = new int[Reads];
    private readonly Cache _cache = Cache.Create();
    private ServerService _service = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _service = new ServerService(_cache);
        for (int i = 0; i < Reads; i++)
            _ids[i] = random.Next(Keys);
        OneThread();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Reads)]
    public int OneThread() => ReadAll();

    [Benchmark(OperationsPerInvoke = Reads)]
    public int TwoThreads()
    {
        int sum = 0;
        Parallel.For(0, 2, _ => Interlocked.Add(ref sum, ReadAll()));
        return sum;
    }

    [GlobalCleanup]
    public void Dispose() => _cache.Dispose();

    private int ReadAll()
    {
        int sum = 0;
        foreach (int id in _ids)
            sum += _service.Get(id).Id;
        return sum;
    }
}
