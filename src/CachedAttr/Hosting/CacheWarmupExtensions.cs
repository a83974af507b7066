using CachedAttr.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers calls that fill the cache when the host starts.</summary>
public static class CacheWarmupExtensions
{
    /// <summary>
    /// Calls cached methods of a service when the host starts: in the background, a few of all registered calls at a time, each in a scope of its own, with
    /// progress in the log. A call that fails is logged; the host starts all the same.
    /// </summary>
    /// <typeparam name="TService">The service, as it is registered.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="warmUp">Calls what is to be in the cache.</param>
    /// <returns>The services.</returns>
    /// <example><code>services.AddCacheWarmup&lt;ServerService&gt;((servers, ct) => servers.ListServersAsync(page: 1, ct));</code></example>
    public static IServiceCollection AddCacheWarmup<TService>(this IServiceCollection services, Func<TService, CancellationToken, Task> warmUp)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(warmUp);
        services.AddSingleton(new CacheWarmup.Step(typeof(TService).Name, (provider, token) => warmUp(provider.GetRequiredService<TService>(), token)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CacheWarmup>());
        return services;
    }

    /// <inheritdoc cref="AddCacheWarmup{TService}(IServiceCollection, Func{TService, CancellationToken, Task})"/>
    public static IServiceCollection AddCacheWarmup<TService>(this IServiceCollection services, Func<TService, Task> warmUp)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(warmUp);
        return services.AddCacheWarmup<TService>((service, _) => warmUp(service));
    }
}
