using System.Globalization;
using CachedAttr.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CachedAttr.Hosting;

/// <summary>Reports the cache's health to the host.</summary>
internal sealed class CacheHealthCheck(Cache cache, CacheHealthOptions options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await cache.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        var status = health.Status switch
        {
            CacheHealthStatus.Healthy when health.State?.LogLag > options.MaxLogLag => HealthStatus.Degraded,
            CacheHealthStatus.Healthy => HealthStatus.Healthy,
            CacheHealthStatus.Degraded => options.WhenDegraded,
            _ => context.Registration.FailureStatus,
        };
        return new(status, health.Description, data: Data(health));
    }

    private static Dictionary<string, object> Data(CacheHealth health)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        Add("backend", health.State?.Name);
        Add("breaker", health.State?.Breaker);
        Add("inUse", health.State?.IsInUse);
        Add("logLagSeconds", health.State?.LogLag.TotalSeconds);
        Add("pendingInvalidations", health.State?.PendingInvalidations);
        Add("latencyMilliseconds", health.Latency?.TotalMilliseconds);
        Add("version", health.Backend?.Version);
        Add("usedBytes", health.Backend?.UsedBytes);
        Add("maxBytes", health.Backend?.MaxBytes);
        Add("clients", health.Backend?.Clients);
        Add("uptime", health.Backend?.Uptime?.ToString("c", CultureInfo.InvariantCulture));
        return data;

        void Add(string name, object? value)
        {
            if (value is not null)
                data[name] = value;
        }
    }
}
