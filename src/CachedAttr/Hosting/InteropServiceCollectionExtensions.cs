using System.Text.Json;
using CachedAttr;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the host's <see cref="Cache"/> as what other libraries ask for.</summary>
public static class InteropServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="HybridCache"/> over the host's <see cref="Cache"/>, in place of any other, and the cache itself if nothing has.</summary>
    /// <param name="services">The services.</param>
    /// <param name="defaults">For calls that say nothing of their own, as in <see cref="CacheInteropExtensions.AsHybridCache"/>.</param>
    /// <param name="json">Writes types that have no other serializer, as in <see cref="CacheInteropExtensions.AsHybridCache"/>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCachedAttrHybridCache(this IServiceCollection services, HybridCacheEntryOptions? defaults = null, JsonSerializerOptions? json = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddCachedAttr().Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<Cache>().AsHybridCache(defaults, json)));
    }

    /// <summary>Registers an <see cref="IDistributedCache"/> over the host's <see cref="Cache"/>, in place of any other, and the cache itself if nothing has.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    /// <remarks>Not together with a backend that is itself an <see cref="IDistributedCache"/> of these services.</remarks>
    public static IServiceCollection AddCachedAttrDistributedCache(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddCachedAttr().Replace(ServiceDescriptor.Singleton<IDistributedCache>(static provider => provider.GetRequiredService<Cache>().AsDistributedCache()));
    }
}
