using CachedAttr.Backends;
using CachedAttr.Redis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Redis as a backend of the cache.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>Makes the backend <c>redis</c> known: it is used if <c>CachedAttr:Backend</c>, or <see cref="CachedAttr.CacheOptions.Backend"/>, says so.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; they win over the section <c>CachedAttr:Redis</c>. <see langword="null"/>: the section alone.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCachedAttrRedis(this IServiceCollection services, Action<RedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
            services.AddSingleton(new RedisBackendFactory.Setup(configure));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICacheBackendFactory, RedisBackendFactory>());
        return services;
    }

    /// <summary>Makes the backend <c>redis</c> known, over a multiplexer that the application has already. It is not disposed with the cache.</summary>
    /// <param name="services">The services.</param>
    /// <param name="multiplexer">Gets it, as in <c>provider => provider.GetRequiredService&lt;IConnectionMultiplexer&gt;()</c>.</param>
    /// <param name="database">The database's number; -1 for the multiplexer's default.</param>
    /// <returns>The services.</returns>
    /// <remarks>Without a channel prefix in its configuration: invalidations are published by scripts, which do not know of it.</remarks>
    public static IServiceCollection AddCachedAttrRedis(this IServiceCollection services, Func<IServiceProvider, IConnectionMultiplexer> multiplexer, int database = -1)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        return services.AddCachedAttrRedis(options =>
        {
            options.Multiplexer = multiplexer;
            if (database >= 0)
                options.Database = database;
        });
    }
}
