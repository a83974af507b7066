using CachedAttr;
using CachedAttr.AspNetCore;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the host's <see cref="Cache"/> as the store of the output cache.</summary>
public static class OutputCacheServiceCollectionExtensions
{
    /// <summary>
    /// Keeps the responses of ASP.NET Core's output cache in the host's <see cref="Cache"/>, in place of any other store: registers the output cache, and the cache itself if
    /// nothing has.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options of the output cache; <see langword="null"/>: as they are.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// <see cref="IOutputCacheStore.EvictByTagAsync"/> is an invalidation like any other: it reaches all processes, costs the same whatever is stored, and a response that
    /// was being made meanwhile is not stored. The tags are those of the whole cache: <c>[InvalidateCache(Tags = ["products"])]</c> evicts responses as well.
    /// </remarks>
    public static IServiceCollection AddCachedAttrOutputCache(this IServiceCollection services, Action<OutputCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCachedAttr().AddHttpContextAccessor().AddOutputCache();
        if (configure is not null)
            services.Configure(configure);
        return services.Replace(ServiceDescriptor.Singleton<IOutputCacheStore, OutputCacheStore>());
    }
}
