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
    public static Cache Create(IServiceProvider provider)
    {
        var factory = provider.GetRequiredService<IOptionsFactory<CacheOptions>>();
        var loggers = provider.GetService<ILoggerFactory>();
        var options = CreateOptions(factory, loggers);
        options.MeterFactory ??= provider.GetService<IMeterFactory>();
        options.BackendFactory ??= BackendByName(provider, options.Backend);
        var cache = new Cache(options);
        foreach (var source in provider.GetServices<ConfigurationSource>())
            cache.OnDispose(Follow(cache, source.Section, factory, loggers));
        return cache;
    }

    /// <summary>
    /// Not through <see cref="IOptionsMonitor{TOptions}"/>: that one throws what validation says into the thread that reloads, which would take down
    /// whoever saved the file.
    /// </summary>
    private static IDisposable Follow(Cache cache, IConfiguration section, IOptionsFactory<CacheOptions> factory, ILoggerFactory? loggers)
    {
        var weak = new WeakReference<Cache>(cache);
        return ChangeToken.OnChange(section.GetReloadToken, () =>
        {
            if (weak.TryGetTarget(out var target))
                Reload(target, factory, loggers);
        });
    }

    private static void Reload(Cache cache, IOptionsFactory<CacheOptions> factory, ILoggerFactory? loggers)
    {
        try
        {
            cache.Apply(CreateOptions(factory, loggers));
            cache.Logger.SettingsReloaded();
        }
        catch (OptionsValidationException exception)
        {
            cache.Logger.ReloadRefused(exception.Message);
        }
    }

    private static CacheOptions CreateOptions(IOptionsFactory<CacheOptions> factory, ILoggerFactory? loggers)
    {
        var options = factory.Create(Options.DefaultName);
        options.LoggerFactory ??= loggers;
        return options;
    }

    private static Func<BackendSettings, ICacheBackend>? BackendByName(IServiceProvider provider, string name)
    {
        var factories = provider.GetServices<ICacheBackendFactory>().ToList();
        if (factories.Find(factory => factory.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is not { } chosen)
            return null; // the name of none, or of one that nobody has registered: the options' validation tells
        var section = provider.GetServices<ConfigurationSource>().LastOrDefault()?.Section.GetSection(chosen.Section);
        return settings => chosen.Create(name, settings, section);
    }

    /// <summary>A section that was given to <c>AddCachedAttr</c>.</summary>
    internal sealed record ConfigurationSource(IConfiguration Section);
}
