using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ModelContextProtocol.Client;

namespace McpGateway.Tests;

/// <summary>A conversation over HTTP.</summary>
public sealed class HttpTests : IAsyncLifetime
{
    private readonly string _address = $"http://127.0.0.1:{FreePort()}";
    private Process _process = null!;

    public async Task InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "McpGateway.dll"), "--http", "--urls", _address]) { UseShellExecute = false })!;
        using var client = new HttpClient();
        for (int i = 0; i < 1000; i++)
        {
            try
            {
                await client.GetStringAsync(_address + "/cache/status");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }
    }

    public async Task DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [Fact]
    public async Task The_same_tools_answer_and_share_one_cache()
    {
        await using (var one = await ConnectAsync())
            await one.AskAsync("list_servers");
        await using var other = await ConnectAsync();
        await other.AskAsync("list_servers");

        Assert.Equal(6, (await other.ListToolsAsync()).Count);
        Assert.Equal((1, 1), await other.CountersAsync("GatewayService.ListServersAsync"));
    }

    [Fact]
    public async Task Who_does_not_take_the_answers_of_the_protocol_is_refused()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(_address + "/mcp", new StringContent("{", null, "application/json"));

        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
    }

    private Task<McpClient> ConnectAsync() => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(_address + "/mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
    }));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
