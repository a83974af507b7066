using CachedAttr.Backends;

namespace CachedAttr.Telemetry;

/// <summary>How well a cache is.</summary>
public enum CacheHealthStatus
{
    /// <summary>Callers wait for loads that a cache should have spared them, or get exceptions.</summary>
    Unhealthy,

    /// <summary>Callers get their values, and this process is on its own: a fallback stands in for the backend, or the log is not followed closely.</summary>
    Degraded,

    /// <summary>All is well.</summary>
    Healthy,
}

/// <summary>How well a cache is, and why.</summary>
/// <param name="Status">How well.</param>
/// <param name="Description">Why, in a sentence.</param>
public sealed record CacheHealth(CacheHealthStatus Status, string Description)
{
    /// <summary>How long the backend took to answer; <see langword="null"/> without a backend, or without an answer.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The backend as this process sees it; <see langword="null"/> without one.</summary>
    public BackendState? State { get; init; }

    /// <summary>What the backend says of itself: version, memory, clients, uptime. <see langword="null"/> without a backend, or without an answer.</summary>
    public BackendStatus? Backend { get; init; }
}
