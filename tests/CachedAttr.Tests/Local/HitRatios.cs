using CachedAttr.Local;

namespace CachedAttr.Tests.Local;

/// <summary>The hit ratios of one trace at one capacity, of the store's own eviction and of those it is compared with.</summary>
/// <param name="Trace">The trace's name.</param>
/// <param name="Capacity">How many entries there is room for.</param>
internal sealed record HitRatios(string Trace, int Capacity)
{
    /// <summary>The capacities, as parts of the number of keys.</summary>
    public static IReadOnlyList<double> Capacities { get; } = [0.005, 0.02, 0.1];

    public required double Ours { get; init; }

    public required double Lru { get; init; }

    public required double TinyLfu { get; init; }

    /// <summary>Runs a trace at all capacities.</summary>
    public static IEnumerable<HitRatios> Of(Trace trace) =>
        Capacities.Select(part => Of(trace, Math.Max(1, (int)(trace.KeyCount * part))));

    /// <summary>Runs a trace through each cache.</summary>
    public static HitRatios Of(Trace trace, int capacity) => new(trace.Name, capacity)
    {
        Ours = OfStore(new(capacity), trace.Keys),
        Lru = OfCache(new LruCache(capacity).Access, trace.Keys),
        TinyLfu = OfCache(new TinyLfuCache(capacity).Access, trace.Keys),
    };

    /// <summary>The ratio of a store that is read and, when something is missing, filled as a region does.</summary>
    public static double OfStore(LocalStore<int, int> store, ReadOnlySpan<int> keys)
    {
        int hits = 0;
        foreach (int key in keys)
            hits += Access(store, key) ? 1 : 0;
        return (double)hits / keys.Length;
    }

    /// <summary>Reads a key, and stores it if it was not there.</summary>
    public static bool Access(LocalStore<int, int> store, int key)
    {
        if (store.Find(key) is { } entry)
        {
            entry.Touch();
            return true;
        }

        lock (store.Gate)
            store.Set(new LocalEntry<int, int>(key, key, long.MaxValue, 0));
        return false;
    }

    private static double OfCache(Func<int, bool> access, int[] keys) => (double)keys.Count(access) / keys.Length;
}
