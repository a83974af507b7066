using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ServerRegistry.Tests;

/// <summary>The API in a process of its own, on a free port of the loopback interface.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private Process? _process;

    public async Task InitializeAsync()
    {
        string url = $"http://127.0.0.1:{FreePort()}";
        _process = SampleProcess.Start("serve", "--servers", "200", "--urls", url);
        _http.BaseAddress = new Uri(url);
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Application started", StringComparison.Ordinal))
        {
        }
    }

    public async Task DisposeAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task What_is_changed_is_what_the_next_read_returns()
    {
        var before = await _http.GetFromJsonAsync<JsonElement>("/servers/1");
        var draft = new { name = "renamed", category = "moved", title = "Renamed", description = "d" };

        Assert.Equal(HttpStatusCode.NoContent, (await _http.PutAsJsonAsync("/servers/1", draft)).StatusCode);
        var after = await _http.GetFromJsonAsync<JsonElement>("/servers/1");
        var list = await _http.GetFromJsonAsync<JsonElement>("/servers?category=moved");

        Assert.NotEqual("Renamed", before.GetProperty("title").GetString());
        Assert.Equal("Renamed", after.GetProperty("title").GetString());
        Assert.Equal(1, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_is_created_can_be_found_counted_and_deleted()
    {
        int before = (await _http.GetFromJsonAsync<JsonElement>("/statistics")).GetProperty("servers").GetInt32();
        var created = await _http.PostAsJsonAsync("/servers", new { name = "new", category = "ai", title = "New", description = "d" });

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(before + 1, (await _http.GetFromJsonAsync<JsonElement>("/statistics")).GetProperty("servers").GetInt32());
        Assert.Equal("new", (await _http.GetFromJsonAsync<JsonElement>(created.Headers.Location)).GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync(created.Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(created.Headers.Location)).StatusCode);
        Assert.Equal(before, (await _http.GetFromJsonAsync<JsonElement>("/statistics")).GetProperty("servers").GetInt32());
    }

    [Fact]
    public async Task Tools_and_pages_are_listed()
    {
        Assert.True((await _http.GetFromJsonAsync<JsonElement>("/servers/2/tools")).GetArrayLength() >= 3);
        var page = await _http.GetFromJsonAsync<JsonElement>("/servers?page=2");
        Assert.Equal(20, page.GetProperty("servers").GetArrayLength());
    }

    [Theory]
    [InlineData("/servers?page=0", HttpStatusCode.BadRequest)]
    [InlineData("/servers/999999", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_or_not_allowed_is_said(string path, HttpStatusCode status)
    {
        var response = await _http.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_draft_without_a_name_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PostAsJsonAsync("/servers", new { name = "", category = "c", title = "t", description = "d" })).StatusCode);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
