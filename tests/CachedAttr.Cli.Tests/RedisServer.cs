using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CachedAttr.Cli.Tests;

/// <summary>A Redis server of the tests' own.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, int port) => (_process, Address) = (process, $"redis://127.0.0.1:{port}");

    public string Address { get; }

    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        int port = FreePort();
        var process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. settings]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
            // It is starting.
        }

        _ = process.StandardOutput.ReadToEndAsync();
        return new(process, port);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
