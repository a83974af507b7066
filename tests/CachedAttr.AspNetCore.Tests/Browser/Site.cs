using System.Diagnostics.CodeAnalysis;
using CachedAttr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>A site with the cache's page, on a port of its own.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app)
    {
        _app = app;
        Cache = app.Services.GetRequiredService<Cache>();
        Items = new(Cache);
        Origin = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public Cache Cache { get; }

    public ItemService Items { get; }

    public string Origin { get; }

    public static async Task<Site> StartAsync(Action<CacheEndpointOptions>? configure = null, Action<CacheOptions>? cache = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddCachedAttr(options =>
        {
            options.KeyPrefix = "shop:";
            cache?.Invoke(options);
        });
        var app = builder.Build();
        app.MapCachedAttr("/cache", options =>
        {
            options.StreamInterval = TimeSpan.FromMilliseconds(100);
            configure?.Invoke(options);
        }).AllowAnonymous();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Asks again and again until it is told to stop.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Any numbers will do.")]
    public async Task LoadAsync(CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            for (int j = 0; j < 50; j++)
                await Items.GetItemAsync(Random.Shared.Next(200) * Random.Shared.Next(200) / 200);
            await Items.ListItemsAsync("ada");
            if (i % 20 == 0)
                await Items.UpdateItemAsync(i % 200);
            await Task.Delay(2, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
