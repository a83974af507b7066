namespace CachedAttr.Backends;

/// <summary>How <see cref="ResilientBackend"/> treats faults.</summary>
public sealed record ResilienceSettings
{
    /// <summary>How long one call may take; 1 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the backend is left alone after it has failed repeatedly; 1 s by default, at least half a second.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether faults are kept from the caller: reads find nothing, writes go to the fallback. Off: they are thrown.</summary>
    public bool FailSilently { get; init; } = true;

    /// <summary>How many invalidations wait for the backend at most; beyond that they become one of everything.</summary>
    public int MaxPending { get; init; } = 10_000;
}
