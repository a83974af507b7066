using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.Cli.Tests;

/// <summary>An application with a backend, and what it has put there: what the commands look at.</summary>
public abstract class Application : IAsyncLifetime
{
    private ServiceProvider? _services;

    /// <summary>What is given to the commands.</summary>
    public string Connection { get; private set; } = "";

    public Cache Cache => _services!.GetRequiredService<Cache>();

    /// <summary>Starts what the backend needs.</summary>
    /// <returns>The backend's name, its setting, and where it is.</returns>
    protected abstract Task<(string Backend, string Setting, string Connection)> StartAsync();

    protected abstract Task StopAsync();

    public async Task InitializeAsync()
    {
        (string backend, string setting, Connection) = await StartAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("CachedAttr:Backend", backend), new("CachedAttr:" + setting, Connection), new("CachedAttr:KeyPrefix", "shop:"), new("CachedAttr:FailSilently", "false"), new("CachedAttr:BackendTimeout", "20"),
        ]).Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddCachedAttrRedis().AddCachedAttrDatabase().AddCachedAttr(configuration).BuildServiceProvider();
        var offer = await new Shop(Cache).GetOfferAsync(1);
        await Cache.SetAsync(new CacheKey<Offer>("offer:1"), offer);
        await Cache.SetAsync(new CacheKey<Offer>("offer:2"), offer with { Id = 2 });
        await Cache.SetAsync("note", "text", TimeSpan.FromHours(1)); // a slow machine takes its time
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        await StopAsync();
    }

    /// <summary>Runs a command on it.</summary>
    internal Task<Tool.Result> RunAsync(params string[] arguments) => Tool.RunAsync([.. arguments, "-c", Connection, "-p", "shop:"]);
}
