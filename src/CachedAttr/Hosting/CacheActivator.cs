using System.Diagnostics.Metrics;
using CachedAttr.Backends;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CachedAttr.Hosting;

/// <summary>Makes the host's cache and keeps it in step with the configuration.</summary>
internal static class CacheActivator
{
    public static Cache Create(IServiceProvider provider, string name)
    {
        var factory = provider.GetRequiredService<IOptionsFactory<CacheOptions>>();
        var loggers = provider.GetService<ILoggerFactory>();
        var options = CreateOptions(factory, name, loggers);
        options.MeterFactory ??= provider.GetService<IMeterFactory>();
        options.BackendFactory ??= BackendByName(provider, name, options.Backend);
        var cache = new Cache(options);
        foreach (var source in Sources(provider, name))
            cache.OnDispose(Follow(cache, source, factory, loggers));
        return cache;
    }

    /// <summary>
    /// Not through <see cref="IOptionsMonitor{TOptions}"/>: that one throws what validation says into the thread that reloads, which would take down
    /// whoever saved the file.
    /// </summary>
    private static IDisposable Follow(Cache cache, ConfigurationSource source, IOptionsFactory<CacheOptions> factory, ILoggerFactory? loggers)
    {
        var weak = new WeakReference<Cache>(cache);
        return ChangeToken.OnChange(source.Section.GetReloadToken, () =>
        {
            if (weak.TryGetTarget(out var target))
                Reload(target, source.Name, factory, loggers);
        });
    }

    private static void Reload(Cache cache, string name, IOptionsFactory<CacheOptions> factory, ILoggerFactory? loggers)
    {
        try
        {
            cache.Apply(CreateOptions(factory, name, loggers));
            cache.Logger.SettingsReloaded();
        }
        catch (OptionsValidationException exception)
        {
            cache.Logger.ReloadRefused(exception.Message);
        }
    }

    private static CacheOptions CreateOptions(IOptionsFactory<CacheOptions> factory, string name, ILoggerFactory? loggers)
    {
        var options = factory.Create(name);
        options.LoggerFactory ??= loggers;
        return options;
    }

    private static Func<BackendSettings, ICacheBackend>? BackendByName(IServiceProvider provider, string cache, string name)
    {
        var factories = provider.GetServices<ICacheBackendFactory>().ToList();
        if (factories.Find(factory => factory.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is not { } chosen)
            return null; // the name of none, or of one that nobody has registered: the options' validation tells
        var section = Sources(provider, cache).LastOrDefault()?.Section.GetSection(chosen.Section);
        return settings => chosen.Create(name, settings, section);
    }

    private static IEnumerable<ConfigurationSource> Sources(IServiceProvider provider, string name) =>
        provider.GetServices<ConfigurationSource>().Where(source => source.Name == name);

    /// <summary>A section that was given to <c>AddCachedAttr</c> for the cache of a name.</summary>
    internal sealed record ConfigurationSource(string Name, IConfiguration Section);
}
