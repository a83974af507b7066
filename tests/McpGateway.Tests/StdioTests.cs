using ModelContextProtocol.Client;

namespace McpGateway.Tests;

/// <summary>A conversation over stdio.</summary>
public sealed class StdioTests : IAsyncLifetime
{
    private McpClient _client = null!;

    public async Task InitializeAsync() => _client = await GatewayClient.StartAsync();

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public async Task An_assistant_finds_the_gateways_tools_and_those_of_its_cache()
    {
        var tools = await _client.ListToolsAsync();

        Assert.Equal(
            ["cache_status", "clear_cache", "discover_tools", "gateway_configuration", "list_servers", "refresh_server"],
            tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.Description.Length > 20));
    }

    [Fact]
    public async Task The_first_page_is_kept_and_others_are_asked_for_each_time()
    {
        var first = await _client.AskAsync("list_servers");
        await _client.AskAsync("list_servers");
        string cursor = first.GetProperty("nextCursor").GetString()!;
        var second = await _client.AskAsync("list_servers", ("cursor", cursor));
        var again = await _client.AskAsync("list_servers", ("cursor", cursor));

        Assert.Equal((1, 1), await _client.CountersAsync("GatewayService.ListServersAsync"));
        Assert.Equal(20, first.GetProperty("servers").GetArrayLength());
        Assert.Equal(second.ToString(), again.ToString());
        Assert.NotEqual(first.ToString(), second.ToString());
    }

    [Fact]
    public async Task Tools_are_asked_for_once_until_their_server_is_refreshed()
    {
        string server = (await _client.AskAsync("list_servers")).GetProperty("servers")[0].GetProperty("name").GetString()!;
        Assert.True((await _client.AskAsync("discover_tools", ("server", server))).GetArrayLength() > 0);
        await _client.AskAsync("discover_tools", ("server", server));
        Assert.Equal((1, 1), await _client.CountersAsync("GatewayService.DiscoverToolsAsync"));

        await _client.AskAsync("refresh_server", ("server", server));
        await _client.AskAsync("discover_tools", ("server", server));
        Assert.Equal((1, 2), await _client.CountersAsync("GatewayService.DiscoverToolsAsync"));
    }

    [Fact]
    public async Task A_clients_key_is_in_the_cache_as_a_hash_only()
    {
        await _client.AskAsync("gateway_configuration", ("clientKey", "very-secret"));
        await _client.AskAsync("gateway_configuration", ("clientKey", "very-secret"));
        var status = await _client.AskAsync("cache_status");

        Assert.Equal((1, 1), await _client.CountersAsync("GatewayService.GetConfigurationAsync"));
        Assert.DoesNotContain("very-secret", status.ToString(), StringComparison.Ordinal);
        Assert.Equal("Removed 1 entries that match 'gateway:configuration:*'.", (await _client.AskAsync("clear_cache", ("pattern", "gateway:configuration:*"))).GetString());
    }

    [Fact]
    public async Task Status_tells_health_methods_and_what_was_cleared()
    {
        await _client.AskAsync("list_servers", ("category", "database"));
        await _client.AskAsync("clear_cache");
        var status = await _client.AskAsync("cache_status");

        Assert.Equal("Healthy", status.GetProperty("health").GetString());
        Assert.Equal(0, status.GetProperty("entries").GetInt64());
        Assert.EndsWith("Pattern *", status.GetProperty("recentInvalidations")[0].GetString(), StringComparison.Ordinal);
        var method = Assert.Single(status.GetProperty("methods").EnumerateArray());
        Assert.InRange(method.GetProperty("loadP50Milliseconds").GetDouble(), 30, 5000);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_as_an_error_of_the_tool()
    {
        var unknown = await _client.CallToolAsync("discover_tools", new Dictionary<string, object?>(StringComparer.Ordinal) { ["server"] = "nobody" });
        var malformed = await _client.CallToolAsync("clear_cache", new Dictionary<string, object?>(StringComparer.Ordinal) { ["pattern"] = "a[" });

        Assert.Equal((true, true), (unknown.IsError, malformed.IsError));
        Assert.Contains("There is no server 'nobody'.", GatewayClient.TextOf(unknown), StringComparison.Ordinal);
        Assert.True(GatewayClient.TextOf(malformed).Length > 30);
    }
}
