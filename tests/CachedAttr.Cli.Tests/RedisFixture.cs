using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.Cli.Tests;

/// <summary>A Redis server with what an application has put there.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private Process? _server;
    private ServiceProvider? _services;

    public string Connection { get; private set; } = "";

    public Cache Cache => _services!.GetRequiredService<Cache>();

    public async Task InitializeAsync()
    {
        int port = FreePort();
        Connection = $"redis://127.0.0.1:{port}";
        _server = Process.Start(new ProcessStartInfo("redis-server", $"--port {port} --save \"\" --appendonly no --maxmemory 100mb --maxmemory-policy volatile-ttl") { RedirectStandardOutput = true, UseShellExecute = false })!;
        while (await _server.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
            // It is starting.
        }

        _ = _server.StandardOutput.ReadToEndAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CachedAttr:Backend", "redis"), new("CachedAttr:FailSilently", "false"), new("CachedAttr:BackendTimeout", "20"), new("CachedAttr:KeyPrefix", "shop:"), new("CachedAttr:Redis:Connection", Connection)]).Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddCachedAttrRedis().AddCachedAttr(configuration).BuildServiceProvider();
        var offer = await new Shop(Cache).GetOfferAsync(1);
        await Cache.SetAsync(new CacheKey<Offer>("offer:1"), offer);
        await Cache.SetAsync(new CacheKey<Offer>("offer:2"), offer with { Id = 2 });
        await Cache.SetAsync("note", "text");
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
