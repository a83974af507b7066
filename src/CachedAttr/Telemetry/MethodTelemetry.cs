namespace CachedAttr.Telemetry;

/// <summary>What one cached method's region counts. Thread-safe.</summary>
/// <remarks>Hits are counted where they happen; everything else happens on ways that take far longer than an interlocked addition.</remarks>
internal sealed class MethodTelemetry(StripedCounter hits)
{
    private long _backendHits;
    private long _misses;
    private long _joined;
    private long _stale;
    private long _failures;
    private long _invalidations;
    private long _storedBytes;
    private long _stored;

    /// <summary>Calls that the local tier answered.</summary>
    public long LocalHits => hits.Sum();

    /// <summary>Calls that the backend answered.</summary>
    public long BackendHits => Interlocked.Read(ref _backendHits);

    /// <summary>Calls that no tier answered: those that loaded, and those that waited for a load.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>Calls that waited for a load which another had begun.</summary>
    public long Joined => Interlocked.Read(ref _joined);

    /// <summary>Calls that got a value after its time to live.</summary>
    public long Stale => Interlocked.Read(ref _stale);

    /// <summary>Loads that threw.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Invalidations that may have concerned a key of the method.</summary>
    public long Invalidations => Interlocked.Read(ref _invalidations);

    /// <summary>How long loads took that ended with a value.</summary>
    public LatencyHistogram Loads { get; } = new();

    /// <summary>The mean size of what was written for the backend, in bytes; <see langword="null"/> if nothing was.</summary>
    public double? MeanSize => Interlocked.Read(ref _stored) is > 0 and var stored ? (double)Interlocked.Read(ref _storedBytes) / stored : null;

    public void Hit() => hits.Increment();

    public void BackendHit() => Interlocked.Increment(ref _backendHits);

    public void Miss() => Interlocked.Increment(ref _misses);

    public void Join()
    {
        Interlocked.Increment(ref _misses);
        Interlocked.Increment(ref _joined);
    }

    public void ServedStale() => Interlocked.Increment(ref _stale);

    public void Failed() => Interlocked.Increment(ref _failures);

    public void Invalidated() => Interlocked.Increment(ref _invalidations);

    public void Stored(int bytes)
    {
        Interlocked.Add(ref _storedBytes, bytes);
        Interlocked.Increment(ref _stored);
    }
}
