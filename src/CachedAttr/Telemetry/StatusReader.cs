using CachedAttr.Backends;
using CachedAttr.Keys;
using CachedAttr.Loading;

namespace CachedAttr.Telemetry;

/// <summary>Reads what a cache has counted. It looks at no entry.</summary>
internal sealed class StatusReader(Cache cache)
{
    private readonly long _began = cache.Options.TimeProvider.GetTimestamp();

    public CacheStatus Read()
    {
        var options = cache.Options;
        var regions = cache.Regions.All;
        return new CacheStatus
        {
            At = options.TimeProvider.GetUtcNow(),
            Uptime = options.TimeProvider.GetElapsedTime(_began),
            IsEnabled = options.Enabled,
            KeyPrefix = options.KeyPrefix,
            DefaultTtl = TimeSpan.FromSeconds(options.DefaultTtl),
            Methods = [.. regions.Where(static (region, i) => i > 0 || IsInUse(region)).Select(Read).OrderBy(static method => method.Name, StringComparer.Ordinal)],
            Invalidations = [.. cache.History.Snapshot().Select(item => Read(item, regions))],
            TotalInvalidations = cache.History.Total,
            Backend = ReadBackend(),
        };
    }

    /// <summary>The backend as this process sees it, which asks nobody; null without one.</summary>
    public BackendState? ReadBackend()
    {
        if (cache.Backend is not { } tier)
            return null;
        var position = tier.Follower.Position;
        return new BackendState
        {
            Name = tier.Resilient.Name,
            IsInUse = tier.IsTrusted,
            Breaker = tier.Resilient.Breaker,
            Errors = tier.Resilient.Faults,
            PendingInvalidations = tier.Resilient.Pending,
            UnreadableEntries = tier.Unreadable,
            RefusedEntries = tier.Refused,
            LogPosition = position.Sequence,
            LogLag = position.Sequence == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Max(0, tier.Follower.Now - position.Sequence)),
        };
    }

    // The region of keys set by hand is always there, and in most programs never used.
    private static bool IsInUse(CacheRegion region) =>
        region.Count > 0 || region.Telemetry.LocalHits + region.Telemetry.Misses > 0;

    private static MethodStatus Read(CacheRegion region)
    {
        var counted = region.Telemetry;
        long hits = counted.LocalHits, loads = counted.Loads.Count, backendHits = counted.BackendHits;
        int entries = region.Count;
        return new MethodStatus
        {
            Name = region.Name,
            Template = region.Method.Template.ToString(),
            Ttl = TimeSpan.FromTicks(region.Settings.Ttl),
            LocalHits = hits,
            BackendHits = backendHits,
            Misses = counted.Misses,
            Joined = counted.Joined,
            StaleServed = counted.Stale,
            Loads = loads,
            LoadFailures = counted.Failures,
            LoadP50 = counted.Loads.Percentile(0.5),
            LoadP99 = counted.Loads.Percentile(0.99),
            Entries = entries,
            Capacity = region.Settings.Capacity,
            Evictions = region.Evictions,
            Invalidations = counted.Invalidations,
            Bytes = counted.MeanSize is { } size ? (long)(size * entries) : null,
            TimeSaved = loads == 0 ? TimeSpan.Zero : counted.Loads.Sum / loads * (hits + backendHits),
        };
    }

    private static CacheInvalidation Read(InvalidationHistory.Item item, IReadOnlyList<CacheRegion> regions) =>
        new(item.At, item.What.Kind, item.What.Text, item.IsOwn, item.What.Kind switch
        {
            InvalidationKind.Tag => null,
            InvalidationKind.Key => regions.Skip(1).Count(region => region.Owns(item.What.Text)),
            _ => KeyPattern.TryParse(item.What.Text, out var pattern, out _) ? regions.Skip(1).Count(region => region.Method.Template.MayMatch(pattern)) : 0,
        });
}
