namespace CachedAttr.Telemetry;

/// <summary>What is known of one entry.</summary>
public sealed record CacheEntryInfo
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The cached method whose key it is; <c>Cache.ByHand</c> if it is none's.</summary>
    public required string Method { get; init; }

    /// <summary>Where the entry is.</summary>
    public required CacheTiers Tiers { get; init; }

    /// <summary>How long ago the value was loaded.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>What is left of its time to live; less than nothing if it is stale; <see langword="null"/> if only the backend knows.</summary>
    public required TimeSpan? Remaining { get; init; }

    /// <summary>Up to where the invalidation log was known when it was loaded, or last checked: microseconds since 1970 UTC.</summary>
    public required long Stamp { get; init; }

    /// <summary>How many bytes it has, or would have, in a backend; <see langword="null"/> if it cannot be written.</summary>
    public long? Size { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The value as JSON; <see langword="null"/> if it was not asked for, or cannot be shown.</summary>
    public string? Json { get; init; }
}
