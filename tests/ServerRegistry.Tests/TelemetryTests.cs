using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ServerRegistry.Tests;

/// <summary>What the sample sends over OTLP, taken by a collector that only remembers; and its pages.</summary>
public sealed class TelemetryTests
{
    private const string Listening = "Now listening on: ";

    [Fact]
    public async Task Metrics_and_traces_of_the_cache_are_sent_over_otlp_and_the_pages_answer()
    {
        using var collector = new HttpListener();
        string endpoint = $"http://127.0.0.1:{FreePort()}/";
        collector.Prefixes.Add(endpoint);
        collector.Start();
        using var process = SampleProcess.Start(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            },
            "serve", "--servers", "200", "--urls", "http://127.0.0.1:0");
        try
        {
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync();
            while (line?.Contains(Listening, StringComparison.Ordinal) == false);
            Assert.NotNull(line);
            using var http = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) };
            using var miss = await http.GetAsync("/servers/1");
            using var hit = await http.GetAsync("/servers/1");

            Assert.Equal("CachedAttr; fwd=miss; key=\"server:1\"; detail=\"ServerService.GetServerAsync\"", miss.Headers.GetValues("Cache-Status").Single());
            Assert.StartsWith("CachedAttr; hit; ttl=", hit.Headers.GetValues("Cache-Status").Single(), StringComparison.Ordinal);
            Assert.Equal("Healthy", await http.GetStringAsync("/health"));
            Assert.Contains("ServerService.GetServerAsync", await http.GetStringAsync("/cache/status"), StringComparison.Ordinal);
            await ReceiveAsync(collector, ["cache.hits", "cache.misses", "cache.load.duration", "ServerService.GetServerAsync", "/v1/traces", "cache.load"]);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task ReceiveAsync(HttpListener collector, List<string> expected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (expected.Count > 0)
        {
            var context = await collector.GetContextAsync().WaitAsync(limit.Token);
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body, limit.Token);
            string text = context.Request.Url!.AbsolutePath + Encoding.Latin1.GetString(body.ToArray());
            expected.RemoveAll(one => text.Contains(one, StringComparison.Ordinal));
            context.Response.StatusCode = 200;
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
