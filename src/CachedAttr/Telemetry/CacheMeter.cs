using System.Diagnostics.Metrics;
using CachedAttr.Loading;

namespace CachedAttr.Telemetry;

/// <summary>The instruments of one cache. What can be counted by the regions is only read from them, when somebody asks.</summary>
internal sealed class CacheMeter : IDisposable
{
    private readonly Meter _meter;
    private readonly Histogram<double> _loadDuration;
    private readonly Cache _cache;

    public CacheMeter(Cache cache, IMeterFactory? factory)
    {
        _cache = cache;
        var options = new MeterOptions(CacheTelemetry.MeterName) { Version = CacheTracing.Version, Scope = factory is null ? cache : null };
        _meter = factory?.Create(options) ?? new Meter(options);
        _loadDuration = _meter.CreateHistogram<double>(CacheTelemetry.LoadDuration, "s", "How long loads take.");
        OperationDuration = _meter.CreateHistogram<double>(CacheTelemetry.OperationDuration, "s", "How long calls of the backend take.");
        _meter.CreateObservableCounter(CacheTelemetry.Hits, Hits, "{call}", "Calls that a tier answered.");
        _meter.CreateObservableCounter(CacheTelemetry.Loads, Loads, "{load}", "Loads.");
        Count(CacheTelemetry.Misses, "{call}", "Calls that no tier answered.", static region => region.Telemetry.Misses);
        Count(CacheTelemetry.Evictions, "{entry}", "Entries that had to go for want of space.", static region => region.Evictions);
        Count(CacheTelemetry.Invalidations, "{invalidation}", "Invalidations that concerned a method.", static region => region.Telemetry.Invalidations);
        Count(CacheTelemetry.StaleServed, "{call}", "Calls that got a value past its time to live.", static region => region.Telemetry.Stale);
        Count(CacheTelemetry.StampedeJoined, "{call}", "Calls that waited for another's load.", static region => region.Telemetry.Joined);
        _meter.CreateObservableUpDownCounter(CacheTelemetry.Size, () => Measure(static region => region.Count), "{entry}", "Entries in this process.");
        _meter.CreateObservableCounter(CacheTelemetry.BackendErrors, () => MeasureBackend(static backend => backend.Faults), "{error}", "Calls of the backend that failed.");
        _meter.CreateObservableGauge(CacheTelemetry.BackendState, () => MeasureBackend(static backend => backend.IsTrusted ? 1 : 0), null, "1 while the backend is in use.");
    }

    /// <summary>How long calls of the backend take.</summary>
    public Histogram<double> OperationDuration { get; }

    /// <summary>A load has ended.</summary>
    public void Loaded(string method, TimeSpan duration)
    {
        if (_loadDuration.Enabled)
            _loadDuration.Record(duration.TotalSeconds, Tag(CacheTelemetry.MethodTag, method));
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private void Count(string name, string unit, string description, Func<CacheRegion, long> read) =>
        _meter.CreateObservableCounter(name, () => Measure(read), unit, description);

    private IEnumerable<Measurement<long>> Measure(Func<CacheRegion, long> read) =>
        _cache.Regions.All.GroupBy(static region => region.Name, StringComparer.Ordinal)
            .Select(group => new Measurement<long>(group.Sum(read), Tag(CacheTelemetry.MethodTag, group.Key)));

    private IEnumerable<Measurement<long>> Hits()
    {
        foreach (var group in _cache.Regions.All.GroupBy(static region => region.Name, StringComparer.Ordinal))
        {
            var method = Tag(CacheTelemetry.MethodTag, group.Key);
            yield return new(group.Sum(static region => region.Telemetry.LocalHits), method, Tag(CacheTelemetry.TierTag, "local"));
            if (_cache.Backend is not null)
                yield return new(group.Sum(static region => region.Telemetry.BackendHits), method, Tag(CacheTelemetry.TierTag, "backend"));
        }
    }

    private IEnumerable<Measurement<long>> Loads()
    {
        foreach (var group in _cache.Regions.All.GroupBy(static region => region.Name, StringComparer.Ordinal))
        {
            var method = Tag(CacheTelemetry.MethodTag, group.Key);
            yield return new(group.Sum(static region => region.Telemetry.Loads.Count), method, Tag(CacheTelemetry.ReasonTag, "ok"));
            yield return new(group.Sum(static region => region.Telemetry.Failures), method, Tag(CacheTelemetry.ReasonTag, "error"));
        }
    }

    private IEnumerable<Measurement<long>> MeasureBackend(Func<Backends.ResilientBackend, long> read) =>
        _cache.Backend is { } tier ? [new(read(tier.Resilient), Tag(CacheTelemetry.BackendTag, tier.Backend.Name))] : [];
}
