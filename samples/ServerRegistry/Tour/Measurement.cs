using System.Diagnostics;
using CachedAttr;
using ServerRegistry.Data;

namespace ServerRegistry.Tour;

/// <summary>One operation, called with nothing cached and with everything cached.</summary>
internal sealed class Measurement(Operation operation, RegistryDatabase database, Cache cache)
{
    private const int CallsASample = 100;

    public string Name => operation.Name;

    public Samples Cold { get; } = new();

    public Samples Cached { get; } = new();

    /// <summary>Queries that would have run without the cache, less those that ran all the same.</summary>
    public long QueriesSaved => ((long)Cached.Count * CallsASample * QueriesALoad) - Cached.Queries;

    public long LoadsSaved => QueriesSaved / QueriesALoad;

    private long QueriesALoad => Cold.Queries / Cold.Count;

    /// <summary>One call. The database's own page cache stays warm: what is measured is the query, not the disk.</summary>
    public async Task CallColdAsync()
    {
        await cache.InvalidateAsync("*");
        await CallAsync(Cold, calls: 1);
    }

    /// <summary>Many calls, because a hit is shorter than a step of the clock.</summary>
    public Task CallCachedAsync() => CallAsync(Cached, CallsASample);

    private async Task CallAsync(Samples samples, int calls)
    {
        long queries = database.Queries;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            await operation.Call((samples.Count + i) % operation.Keys);
        long elapsed = Stopwatch.GetTimestamp() - start;
        samples.Add(elapsed * 1e6 / Stopwatch.Frequency / calls, database.Queries - queries);
    }
}
