namespace CachedAttr.Telemetry;

/// <summary>A backend as this process sees it.</summary>
public sealed record BackendState
{
    /// <summary>What it is called: <c>redis</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is in use. If not, a fallback in this process stands in for it.</summary>
    public required bool IsInUse { get; init; }

    /// <summary>The circuit breaker: <c>closed</c>, <c>open</c> or <c>half-open</c>.</summary>
    public required string Breaker { get; init; }

    /// <summary>Calls that have failed.</summary>
    public required long Errors { get; init; }

    /// <summary>Invalidations of this process that it does not have yet.</summary>
    public required int PendingInvalidations { get; init; }

    /// <summary>Entries that were damaged, or written by an application whose types were others.</summary>
    public required long UnreadableEntries { get; init; }

    /// <summary>Values that are too large, or that could not be written.</summary>
    public required long RefusedEntries { get; init; }

    /// <summary>Up to where the invalidation log is known: microseconds since 1970 UTC, by the backend's clock. 0 before it was first read.</summary>
    public required long LogPosition { get; init; }

    /// <summary>How long ago that was.</summary>
    public required TimeSpan LogLag { get; init; }
}
