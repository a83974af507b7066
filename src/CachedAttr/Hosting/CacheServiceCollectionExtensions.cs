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
    private const string CachesSection = "Caches";

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
        services.TryAddSingleton(static provider => CacheActivator.Create(provider, Microsoft.Extensions.Options.Options.DefaultName));
        return services;
    }

    /// <summary>
    /// Registers another <see cref="Cache"/> under a name, as a keyed service: for methods with <c>[Cached(Cache = "name")]</c>. It shares nothing with the others; in a
    /// backend the name is part of its <see cref="CacheOptions.KeyPrefix"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCachedAttr(this IServiceCollection services, string name, Action<CacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.Configure<CacheOptions>(name, options => options.KeyPrefix += name + ":");
        if (configure is not null)
            services.PostConfigure(name, configure);
        services.AddOptions<CacheOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>());
        services.TryAddKeyedSingleton(name, (provider, _) => CacheActivator.Create(provider, name));
        return services;
    }

    /// <summary>The same, set up by the section <c>CachedAttr:Caches:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configuration">The application's configuration.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCachedAttr(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddCachedAttr(name);
        Read(services, name, configuration.GetSection($"{SectionName}:{CachesSection}:{name}"));
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
        Read(services, Microsoft.Extensions.Options.Options.DefaultName, section);
        return services.AddCachedAttr();
    }

    private static void Read(IServiceCollection services, string name, IConfigurationSection section)
    {
        services.AddOptions<CacheOptions>(name).Configure<IEnumerable<ICacheBackendFactory>>((options, backends) =>
        {
            SettingReader.Read(section, options, [CachesSection, .. backends.Select(static backend => backend.Section)]);
        });
        services.AddSingleton(new CacheActivator.ConfigurationSource(name, section));
    }
}
