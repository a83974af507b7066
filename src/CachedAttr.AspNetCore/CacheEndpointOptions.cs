namespace CachedAttr.AspNetCore;

/// <summary>What the cache's pages show and allow.</summary>
public sealed class CacheEndpointOptions
{
    /// <summary>
    /// Whether <c>/entry</c> shows values. <see langword="false"/> by default: values are the application's data, and who may look at the cache may not be
    /// allowed to see them.
    /// </summary>
    public bool ShowValues { get; set; }

    /// <summary>Whether invalidating and clearing is possible; <see langword="true"/> by default.</summary>
    public bool AllowChanges { get; set; } = true;

    /// <summary>How often the page gets new numbers; 1 s by default, at least 100 ms.</summary>
    public TimeSpan StreamInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many pages may be open at a time; 50 by default. Further ones are refused with status 503.</summary>
    public int MaxStreams { get; set; } = 50;
}
