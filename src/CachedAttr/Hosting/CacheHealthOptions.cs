using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CachedAttr.Hosting;

/// <summary>What the health check says in which case.</summary>
public sealed class CacheHealthOptions
{
    /// <summary>
    /// What is reported while callers get their values, but this process is on its own, because its backend does not answer;
    /// <see cref="HealthStatus.Degraded"/> by default. <see cref="HealthStatus.Unhealthy"/> takes the process out of most load balancers.
    /// </summary>
    public HealthStatus WhenDegraded { get; set; } = HealthStatus.Degraded;

    /// <summary>The invalidation log counts as followed closely if it was read within this time; 10 s by default.</summary>
    public TimeSpan MaxLogLag { get; set; } = TimeSpan.FromSeconds(10);
}
