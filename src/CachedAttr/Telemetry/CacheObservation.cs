namespace CachedAttr.Telemetry;

/// <summary>How one cached call was answered.</summary>
/// <param name="Method">The cached method: <c>ServerService.GetServerAsync</c>.</param>
/// <param name="Key">The key. Parameters that are sensitive stand in it as hashes only.</param>
/// <param name="Outcome">How the call was answered.</param>
/// <param name="Tier">Where the value was; <see cref="CacheTiers.None"/> if it had to be loaded.</param>
public sealed record CacheObservation(string Method, string Key, CacheOutcome Outcome, CacheTiers Tier)
{
    /// <summary>How long ago the value was loaded; zero if that was now.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>What is left of its time to live, less than nothing if it is stale; <see langword="null"/> if that is not known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>The key, or its first 40 characters if it is longer: what is shown where nobody has asked for it.</summary>
    public string ShortKey => Telemetry.ShortKey.Of(Key);
}

/// <summary>How a cached call was answered.</summary>
public enum CacheOutcome
{
    /// <summary>By a value that was there.</summary>
    Hit,

    /// <summary>By a load of its own.</summary>
    Miss,

    /// <summary>By a value past its time to live, while a load refreshes it, or because its load failed.</summary>
    Stale,

    /// <summary>By the load of another caller, for which it waited.</summary>
    Joined,
}
