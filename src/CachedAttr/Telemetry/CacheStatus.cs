namespace CachedAttr.Telemetry;

/// <summary>What a cache does, at one moment. Counters begin with the process and only grow. Reading it looks at no entry.</summary>
public sealed record CacheStatus
{
    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Since when there is the cache.</summary>
    public required TimeSpan Uptime { get; init; }

    /// <summary>Whether anything is cached (<see cref="CacheOptions.Enabled"/>).</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>The prefix that the processes of one application share.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>How long values live whose method does not say (<see cref="CacheOptions.DefaultTtl"/>).</summary>
    public TimeSpan DefaultTtl { get; init; }

    /// <summary>The cached methods that have been called, by name; and the keys set by hand, as <c>Cache.ByHand</c>.</summary>
    public required IReadOnlyList<MethodStatus> Methods { get; init; }

    /// <summary>The last invalidations that this process has made or heard of, the newest first.</summary>
    public required IReadOnlyList<CacheInvalidation> Invalidations { get; init; }

    /// <summary>How many invalidations this process has made or heard of.</summary>
    public required long TotalInvalidations { get; init; }

    /// <summary>The backend; <see langword="null"/> without one.</summary>
    public required BackendState? Backend { get; init; }

    /// <summary>Calls that a tier answered.</summary>
    public long Hits => Methods.Sum(static method => method.Hits);

    /// <summary>Calls that no tier answered.</summary>
    public long Misses => Methods.Sum(static method => method.Misses);

    /// <summary>The share of calls that a tier answered, between 0 and 1; <see langword="null"/> before the first call.</summary>
    public double? HitRatio => MethodStatus.Ratio(Hits, Misses);

    /// <summary>Entries in this process.</summary>
    public long Entries => Methods.Sum(static method => (long)method.Entries);

    /// <summary>The sum of what the methods saved.</summary>
    public TimeSpan TimeSaved => TimeSpan.FromTicks(Methods.Sum(static method => method.TimeSaved.Ticks));
}
