using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CachedAttr.Benchmarks;

/// <summary>
/// <c>registry-load [--clients N] [--seconds N] [--servers N]</c>: the sample ServerRegistry in a process of its own, asked over HTTP by clients that each wait for an
/// answer before they ask again. Without the cache, with it, and with times to live of a second, where what is loaded is counted.
/// </summary>
internal static class RegistryLoad
{
    private const int MaxRequests = 500_000;
    private const int ExpirySeconds = 5;
    private const int Pages = 20;

    private static readonly string[] List = [.. Enumerable.Range(1, Pages).Select(static page => $"/servers?page={page.ToString(CultureInfo.InvariantCulture)}")];
    private static readonly string[] Statistics = ["/statistics"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        int clients = 1_000, seconds = 10, servers = 5_000;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0)
                return Refuse(arguments[i]);
            switch (arguments[i])
            {
                case "--clients":
                    clients = number;
                    break;
                case "--seconds":
                    seconds = number;
                    break;
                case "--servers":
                    servers = number;
                    break;
                default:
                    return Refuse(arguments[i]);
            }
        }

        var load = new Load(clients, TimeSpan.FromSeconds(seconds));
        Console.WriteLine($"{clients} clients, {servers} servers");
        Answers listWithout, statisticsWithout;
        await using (var registry = await Registry.StartAsync(servers, ("CachedAttr__Enabled", "false")))
        {
            listWithout = Print("list, without the cache", await load.RunAsync(registry, List));
            statisticsWithout = Print("statistics, without the cache", await load.RunAsync(registry, Statistics));
        }

        bool holds;
        await using (var registry = await Registry.StartAsync(servers))
        {
            holds = Compare("list", listWithout, Print("list, cached", await load.RunAsync(registry, List)));
            holds &= Compare("statistics", statisticsWithout, Print("statistics, cached", await load.RunAsync(registry, Statistics)));
        }

        holds &= await ExpireAsync(servers, clients);
        return holds ? 0 : 1;
    }

    /// <summary>With a time to live of a second every key is loaded once a second, by however many clients it is asked for.</summary>
    private static async Task<bool> ExpireAsync(int servers, int clients)
    {
        await using var registry = await Registry.StartAsync(
            servers, ("CachedAttr__Methods__ServerService.ListServersAsync__Ttl", "1"), ("CachedAttr__Methods__ServerService.GetStatisticsAsync__Ttl", "1"));
        long start = Stopwatch.GetTimestamp();
        var load = new Load(clients, TimeSpan.FromSeconds(ExpirySeconds));
        Print("list and statistics, a second to live", await load.RunAsync(registry, [.. List, .. Statistics]));
        double taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var loads = await registry.LoadsAsync();
        double most = (Pages + 1) * (Math.Ceiling(taken) + 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {loads} loads of {Pages + 1} keys in {taken:F1} s; one a second and key are at most {most:F0}"));
        return loads <= most;
    }

    private static Answers Print(string name, Answers answers)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-40} {answers.Count,7} answers, {answers.PerSecond,8:F0} a second, p50 {answers.P50,9:F1} ms, p99 {answers.P99,9:F1} ms"));
        return answers;
    }

    private static bool Compare(string name, Answers without, Answers cached)
    {
        double less = 100 * (1 - (cached.P50 / without.P50));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: p50 {less:F1} % less, p99 {100 * (1 - (cached.P99 / without.P99)):F1} % less; goal: p50 at least 95 % less"));
        return less >= 95;
    }

    private static int Refuse(string argument)
    {
        Console.Error.WriteLine($"'{argument}' is not understood: registry-load [--clients N] [--seconds N] [--servers N]");
        return 2;
    }

    /// <summary>What clients have seen.</summary>
    private sealed record Answers(int Count, double PerSecond, double P50, double P99);

    /// <summary>Clients that ask for some time, a bounded number of times.</summary>
    private sealed class Load(int clients, TimeSpan time)
    {
        public async Task<Answers> RunAsync(Registry registry, string[] paths)
        {
            var latencies = new ConcurrentBag<double>();
            int asked = 0;
            long start = Stopwatch.GetTimestamp();
            async Task ClientAsync(int number)
            {
                for (int i = number; Stopwatch.GetElapsedTime(start) < time && Interlocked.Increment(ref asked) <= MaxRequests; i++)
                {
                    long sent = Stopwatch.GetTimestamp();
                    await registry.GetAsync(paths[i % paths.Length]);
                    latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }
            }

            await Task.WhenAll(Enumerable.Range(0, clients).Select(ClientAsync));
            double[] sorted = [.. latencies.Order()];
            return new(sorted.Length, sorted.Length / Stopwatch.GetElapsedTime(start).TotalSeconds, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100]);
        }
    }

    /// <summary>The sample in a process of its own, on a free port of the loopback interface.</summary>
    private sealed class Registry : IAsyncDisposable
    {
        private const string Listening = "Now listening on: ";

        private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = TimeSpan.FromMinutes(2) };
        private readonly string _database = Path.GetTempFileName();
        private Process _process = null!;

        public static async Task<Registry> StartAsync(int servers, params (string Name, string Value)[] settings)
        {
            var registry = new Registry();
            string[] arguments =
            [
                "exec", Path.Combine(Repository.OutputOf("samples/ServerRegistry"), "ServerRegistry.dll"), "serve",
                "--servers", servers.ToString(CultureInfo.InvariantCulture), "--database", registry._database, "--urls", "http://127.0.0.1:0",
            ];
            var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var (name, value) in settings)
                start.Environment[name] = value;
            registry._process = Process.Start(start)!;
            while (await registry._process.StandardOutput.ReadLineAsync() is { } line)
            {
                int at = line.IndexOf(Listening, StringComparison.Ordinal);
                if (at < 0)
                    continue;
                registry._http.BaseAddress = new Uri(line[(at + Listening.Length)..]);
                _ = registry._process.StandardOutput.ReadToEndAsync();
                return registry;
            }

            throw new InvalidOperationException("The registry has not started.");
        }

        public async Task GetAsync(string path) => await _http.GetByteArrayAsync(path);

        /// <summary>How many loads there have been.</summary>
        public async Task<long> LoadsAsync()
        {
            using var methods = JsonDocument.Parse(await _http.GetByteArrayAsync("/cache/methods"));
            return methods.RootElement.EnumerateArray().Sum(static method => method.GetProperty("loads").GetInt64());
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
            _http.Dispose();
            File.Delete(_database);
        }
    }
}
