using CachedAttr;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddCachedAttr(builder.Configuration).AddCachedAttrDatabase();
builder.Services.AddSingleton<Feeds>();
builder.Services.AddHostedService<Poll>();
await builder.Build().RunAsync();

internal sealed class Poll(Feeds feeds, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int i = 0; i < 3; i++)
            Console.WriteLine((await feeds.GetFeedAsync(new Uri("https://feeds.example/a"), stoppingToken)).Titles[0]);
        Console.WriteLine($"{Feeds.Loads} loads");
        lifetime.StopApplication();
    }
}

internal sealed record Feed(Uri Address, IReadOnlyList<string> Titles);

internal sealed partial class Feeds(Cache cache)
{
    internal static int Loads { get; private set; }

    [Cached("feed:{address}", Ttl = 3600)]
    public partial Task<Feed> GetFeedAsync(Uri address, CancellationToken cancellationToken);

    private Task<Feed> GetFeedCoreAsync(Uri address, CancellationToken cancellationToken)
    {
        Loads++;
        return Task.FromResult(new Feed(address, ["first title"]));
    }
}
