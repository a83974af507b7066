using CachedAttr;
using ServerRegistry.Data;
using ServerRegistry.Services;
using Spectre.Console;

namespace ServerRegistry.Tour;

/// <summary>Shows on real queries what caching does, and fails if it does not.</summary>
internal static class RegistryTour
{
    /// <returns>The exit code: 0 if everything was as it should be.</returns>
    public static async Task<int> RunAsync(RegistryDatabase database, int servers)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 80;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        await using var services = Services();
        var cache = services.GetRequiredService<Cache>();
        var service = new ServerService(cache, database);

        AnsiConsole.WriteLine($"A registry of {servers} MCP servers in SQLite.");
        await Operations.RunAsync(service, database, cache);
        bool stampede = await Stampede.RunAsync(service, database);
        await Keys.ShowAsync(cache);
        bool update = await Update.RunAsync(service, cache);

        AnsiConsole.WriteLine(stampede && update ? "All as it should be." : "Something is not as it should be, see above.");
        return stampede && update ? 0 : 1;
    }

    // Which backend it is on, only the environment says: CachedAttr__Backend=redis.
    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddCachedAttr(configuration);
        services.AddCachedAttrDatabase();
        services.AddCachedAttrRedis();
        return services.BuildServiceProvider();
    }
}
