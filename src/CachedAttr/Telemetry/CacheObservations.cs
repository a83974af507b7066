using CachedAttr.Local;

namespace CachedAttr.Telemetry;

/// <summary>What the cached calls of one flow were answered with, in the order in which they ended. Disposing ends the observation. Thread-safe.</summary>
public sealed class CacheObservations : IDisposable
{
    /// <summary>How many are kept at most; what comes after is counted in <see cref="Total"/> only.</summary>
    public const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly List<CacheObservation> _seen = [];
    private readonly CacheObservations? _outer;
    private int _disposed;

    internal CacheObservations(CacheObservations? outer)
    {
        _outer = outer;
        ScopeCount.Add(1);
    }

    /// <summary>How many calls were answered.</summary>
    public int Total { get; private set; }

    /// <summary>What was seen so far, at most <see cref="Capacity"/> calls.</summary>
    public IReadOnlyList<CacheObservation> Calls
    {
        get
        {
            lock (_gate)
                return [.. _seen];
        }
    }

    /// <summary>Ends the observation; what was seen stays.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        CacheScope.EndObservation(_outer);
        ScopeCount.Add(-1);
    }

    internal void Add(CacheObservation observation)
    {
        for (var here = this; here is not null; here = here._outer)
        {
            lock (here._gate)
            {
                here.Total++;
                if (here._seen.Count < Capacity)
                    here._seen.Add(observation);
            }
        }
    }
}
