using CachedAttr.Backends;
using CachedAttr.Invalidation;
using CachedAttr.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CachedAttr.Coherence;

/// <summary>Puts together what stands between a cache and its backend.</summary>
internal static class BackendComposition
{
    /// <summary>The backend of the options, with time limit, breaker and fallback; null for none.</summary>
    public static ResilientBackend? Create(CacheOptions options, ILogger logger, CacheMeter meter)
    {
        if (options.BackendFactory is not { } factory)
            return string.Equals(options.Backend, CacheOptions.MemoryOnly, StringComparison.OrdinalIgnoreCase) ? null : throw Unknown(options.Backend);
        var settings = new BackendSettings
        {
            KeyPrefix = options.KeyPrefix,
            MaxLoad = TimeSpan.FromSeconds(options.MaxLoad),
            MaxTimeToLive = TimeSpan.FromSeconds(options.MaxTtl),
            TimeProvider = options.TimeProvider,
            Logger = logger,
        };
        var resilience = new ResilienceSettings
        {
            Timeout = TimeSpan.FromSeconds(options.BackendTimeout),
            FailSilently = options.FailSilently,
        };
        return new(new MeasuredBackend(factory(settings), meter.OperationDuration, options.TimeProvider), options.FallbackFactory ?? (static settings => new MemoryBackend(settings)), settings, resilience);
    }

    /// <summary>The log of the process. Behind a backend exact keys are remembered as long as a load may take.</summary>
    public static InvalidationLog CreateLog(CacheOptions options, bool hasBackend)
    {
        var maxLoad = TimeSpan.FromSeconds(options.MaxLoad);
        var keys = hasBackend ? new KeyRecords((long)(maxLoad + Margin).TotalMicroseconds << InvalidationLog.ExtraBits) : null;
        return new(options.TimeProvider, TimeSpan.FromSeconds(options.MaxTtl) + maxLoad, keys);
    }

    private static OptionsValidationException Unknown(string backend) => new(
        Options.DefaultName,
        typeof(CacheOptions),
        [$"CachedAttr:Backend: '{backend}' is not registered. 'memory' needs nothing; 'redis' needs the package CachedAttr.Redis and services.AddCachedAttrRedis(); "
            + "'database' and 'file' need the package CachedAttr.Database and services.AddCachedAttrDatabase()."]);

    // A tombstone lives somewhat longer than a load, and so does the memory of its key here.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);
}
