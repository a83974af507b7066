namespace CachedAttr.Telemetry;

/// <summary>What one cached method does.</summary>
public sealed record MethodStatus
{
    /// <summary>The method: <c>ServerService.GetServerAsync</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The complete key template.</summary>
    public required string Template { get; init; }

    /// <summary>The time to live in force.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>Calls that this process's entries answered.</summary>
    public required long LocalHits { get; init; }

    /// <summary>Calls that the backend answered.</summary>
    public required long BackendHits { get; init; }

    /// <summary>Calls that no tier answered: those that loaded, and those that waited for a load.</summary>
    public required long Misses { get; init; }

    /// <summary>Calls that waited for a load which another had begun.</summary>
    public required long Joined { get; init; }

    /// <summary>Calls that got a value past its time to live.</summary>
    public required long StaleServed { get; init; }

    /// <summary>Loads that ended with a value.</summary>
    public required long Loads { get; init; }

    /// <summary>Loads that threw.</summary>
    public required long LoadFailures { get; init; }

    /// <summary>How long half of the loads took at most; <see langword="null"/> before the first.</summary>
    public required TimeSpan? LoadP50 { get; init; }

    /// <summary>How long 99 of 100 loads took at most; <see langword="null"/> before the first.</summary>
    public required TimeSpan? LoadP99 { get; init; }

    /// <summary>Entries in this process.</summary>
    public required int Entries { get; init; }

    /// <summary>How many entries this process keeps at most.</summary>
    public required int Capacity { get; init; }

    /// <summary>Entries that had to go for want of space.</summary>
    public required long Evictions { get; init; }

    /// <summary>Invalidations that may have concerned a key of the method.</summary>
    public required long Invalidations { get; init; }

    /// <summary>
    /// About how many bytes this process's entries take when they are written: their number, times the mean size of what was written for the backend.
    /// <see langword="null"/> if nothing was.
    /// </summary>
    public required long? Bytes { get; init; }

    /// <summary>How much longer the calls would have taken without the cache: hits, times the mean duration of a load.</summary>
    public required TimeSpan TimeSaved { get; init; }

    /// <summary>Calls that a tier answered.</summary>
    public long Hits => LocalHits + BackendHits;

    /// <summary>The share of calls that a tier answered, between 0 and 1; <see langword="null"/> before the first call.</summary>
    public double? HitRatio => Ratio(Hits, Misses);

    internal static double? Ratio(long hits, long misses) => hits + misses > 0 ? (double)hits / (hits + misses) : null;
}
