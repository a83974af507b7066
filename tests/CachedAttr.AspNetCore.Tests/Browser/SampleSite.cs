using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>The sample ServerRegistry as two processes over one Redis, and people who use it.</summary>
internal sealed class SampleSite : IAsyncDisposable
{
    private const int Servers = 2000;
    private const string Listening = "Now listening on: ";

    private readonly List<Process> _processes = [];
    private readonly List<HttpClient> _clients = [];

    /// <summary>Where the first of them is.</summary>
    public string Origin => _clients[0].BaseAddress!.ToString().TrimEnd('/');

    public static async Task<SampleSite> StartAsync()
    {
        var site = new SampleSite();
        int port = FreePort();
        await site.StartAsync("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl"], [], "Ready to accept connections");
        for (int i = 0; i < 2; i++)
        {
            string line = await site.StartAsync(
                "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ServerRegistry.dll"), "serve", "--servers", $"{Servers}", "--urls", "http://127.0.0.1:0"],
                [("CachedAttr__Backend", "redis"), ("CachedAttr__Redis__Connection", $"redis://127.0.0.1:{port}")], Listening);
            site._clients.Add(new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) });
        }

        return site;
    }

    /// <summary>Asks for servers, some far more often than others, and changes one now and then, until it is told to stop.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Any numbers will do, as long as they are the same each time.")]
    public async Task LoadAsync(CancellationToken stop)
    {
        var random = new Random(1);
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            int id = 1 + (int)(Servers * Math.Pow(random.NextDouble(), 4));
            var client = _clients[i % _clients.Count];
            await client.GetStringAsync($"/servers/{id}", CancellationToken.None);
            if (i % 3 == 0)
                await client.GetStringAsync($"/servers/{id}/tools", CancellationToken.None);
            if (i % 10 == 0)
                await client.GetStringAsync($"/servers?page={1 + random.Next(3)}&category={new[] { "database", "search", "productivity" }[random.Next(3)]}", CancellationToken.None);
            if (i % 25 == 0)
                await client.GetStringAsync("/statistics", CancellationToken.None);
            if (i % 400 == 399)
                await ChangeAsync(client, id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(static client => client.Dispose());
        foreach (var process in Enumerable.Reverse(_processes))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static async Task ChangeAsync(HttpClient client, int id)
    {
        var server = (await client.GetFromJsonAsync<Dictionary<string, object>>($"/servers/{id}"))!;
        using var answer = await client.PutAsJsonAsync($"/servers/{id}", server);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<string> StartAsync(string command, string[] arguments, (string Name, string Value)[] environment, string ready)
    {
        var start = new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        _processes.Add(process);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains(ready, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return line;
        }

        throw new InvalidOperationException($"{command} ended before it was ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
