using CachedAttr;
using CachedAttr.Backends;
using CachedAttr.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="Cache"/>.</summary>
public static class CacheServiceCollectionExtensions
{
    /// <summary>The section of the configuration that is read.</summary>
    public const string SectionName = "CachedAttr";

    /// <summary>Registers the host's <see cref="Cache"/>, set up by code. What is set here wins over configuration, whichever is registered first.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; <see langword="null"/>: the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>Wrong options are refused when the host starts, or when the cache is first used, whichever comes first.</remarks>
    public static IServiceCollection AddCachedAttr(this IServiceCollection services, Action<CacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
            services.PostConfigure(configure);
        services.AddOptions<CacheOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>());
        services.TryAddSingleton(static provider => CacheActivator.Create(provider));
        return services;
    }

    /// <summary>
    /// Registers the host's <see cref="Cache"/>, set up by the section <c>CachedAttr</c>. Changes of the configuration take effect while the host runs;
    /// a change that is not allowed is logged and leaves everything as it was.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The application's configuration, or the section itself.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCachedAttr(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration is IConfigurationSection { Key: SectionName } own ? own : configuration.GetSection(SectionName);
        services.AddOptions<CacheOptions>().Configure<IEnumerable<ICacheBackendFactory>>((options, backends) =>
        {
            SettingReader.Read(section, options, [.. backends.Select(static backend => backend.Section)]);
        });
        services.AddSingleton(new CacheActivator.ConfigurationSource(section));
        return services.AddCachedAttr();
    }
}
