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
        var cache = new Cache(CreateOptions(factory, loggers));
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

    /// <summary>A section that was given to <c>AddCachedAttr</c>.</summary>
    internal sealed record ConfigurationSource(IConfiguration Section);
}
