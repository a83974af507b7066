using CachedAttr.Backends;
using CachedAttr.Database;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers databases and files as backends of the cache.</summary>
public static class DatabaseServiceCollectionExtensions
{
    /// <summary>
    /// Makes the backends <c>database</c> and <c>file</c> known: one is used if <c>CachedAttr:Backend</c>, or <see cref="CachedAttr.CacheOptions.Backend"/>, says so.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">
    /// Sets options of both; they win over the sections <c>CachedAttr:Database</c> and <c>CachedAttr:File</c>. <see langword="null"/>: the sections alone.
    /// </param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCachedAttrDatabase(this IServiceCollection services, Action<DatabaseOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
            services.AddSingleton(new DatabaseBackendFactory.Setup(configure));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICacheBackendFactory, DatabaseBackendFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICacheBackendFactory, FileBackendFactory>());
        return services;
    }

    /// <summary>Makes the backends known, with <c>database</c> over a data source that the application has already. It is not disposed with the cache.</summary>
    /// <param name="services">The services.</param>
    /// <param name="dataSource">Gets it, as in <c>provider => provider.GetRequiredService&lt;NpgsqlDataSource&gt;()</c>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCachedAttrDatabase(this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource> dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return services.AddCachedAttrDatabase(options => options.DataSource = dataSource);
    }
}
