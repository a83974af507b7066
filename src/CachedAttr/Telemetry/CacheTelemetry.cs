namespace CachedAttr.Telemetry;

/// <summary>The names under which the cache can be watched. They are public and do not change.</summary>
public static class CacheTelemetry
{
    /// <summary>The meter, <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "CachedAttr";

    /// <summary>The source of traces, <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "CachedAttr";

    /// <summary>Calls that were answered, by <see cref="MethodTag"/> and <see cref="TierTag"/>.</summary>
    public const string Hits = "cache.hits";

    /// <summary>Calls that no tier answered, by <see cref="MethodTag"/>: those that loaded, and those that waited for a load.</summary>
    public const string Misses = "cache.misses";

    /// <summary>How long calls of the backend take, in seconds, by <see cref="OperationTag"/> and <see cref="BackendTag"/>.</summary>
    public const string OperationDuration = "cache.operations.duration";

    /// <summary>Entries in this process, by <see cref="MethodTag"/>.</summary>
    public const string Size = "cache.size";

    /// <summary>Entries that had to go for want of space, by <see cref="MethodTag"/>.</summary>
    public const string Evictions = "cache.evictions";

    /// <summary>Invalidations that concerned a method, by <see cref="MethodTag"/>.</summary>
    public const string Invalidations = "cache.invalidations";

    /// <summary>Loads, by <see cref="MethodTag"/> and <see cref="ReasonTag"/>: <c>ok</c> or <c>error</c>.</summary>
    public const string Loads = "cache.loads";

    /// <summary>How long loads take, in seconds, by <see cref="MethodTag"/>.</summary>
    public const string LoadDuration = "cache.load.duration";

    /// <summary>Calls that got a value past its time to live, by <see cref="MethodTag"/>.</summary>
    public const string StaleServed = "cache.stale_served";

    /// <summary>Calls that waited for another's load, by <see cref="MethodTag"/>.</summary>
    public const string StampedeJoined = "cache.stampede_joined";

    /// <summary>Calls of the backend that have failed, by <see cref="BackendTag"/>.</summary>
    public const string BackendErrors = "cache.backend.errors";

    /// <summary>1 while the backend is in use, 0 while its fallback stands in, by <see cref="BackendTag"/>.</summary>
    public const string BackendState = "cache.backend.state";

    /// <summary>The tag with the name of the cached method: <c>ServerService.GetServerAsync</c>.</summary>
    public const string MethodTag = "method";

    /// <summary>The tag with the tier: <c>local</c> or <c>backend</c>.</summary>
    public const string TierTag = "tier";

    /// <summary>The tag with the backend's name: <c>redis</c>.</summary>
    public const string BackendTag = "backend";

    /// <summary>The tag with the reason.</summary>
    public const string ReasonTag = "reason";

    /// <summary>The tag with the operation of the backend: <c>get</c>, <c>set</c>, <c>invalidate</c>, …</summary>
    public const string OperationTag = "operation";

    /// <summary>The trace of a load.</summary>
    internal const string Load = "cache.load";

    /// <summary>The trace of an invalidation.</summary>
    internal const string Invalidate = "cache.invalidate";
}
