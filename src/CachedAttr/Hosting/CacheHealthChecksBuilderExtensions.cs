using CachedAttr;
using CachedAttr.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the cache to the host's health checks.</summary>
public static class CacheHealthChecksBuilderExtensions
{
    /// <summary>Adds the cache: healthy; degraded, while a fallback serves in place of the backend; unhealthy, if callers get the backend's faults.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="configure">Sets what is reported when; <see langword="null"/>: the defaults.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">The check's tags, to choose it by.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddCachedAttr(
        this IHealthChecksBuilder builder, Action<CacheHealthOptions>? configure = null, string name = "cache", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new CacheHealthOptions();
        configure?.Invoke(options);
        return builder.Add(new HealthCheckRegistration(
            name, provider => new CacheHealthCheck(provider.GetRequiredService<Cache>(), options), HealthStatus.Unhealthy, tags));
    }
}
