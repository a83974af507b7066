using System.ComponentModel;
using ModelContextProtocol.Server;

namespace McpGateway;

/// <summary>The gateway as an assistant sees it.</summary>
[McpServerToolType]
internal sealed class GatewayTools(GatewayService gateway)
{
    [McpServerTool(Name = "list_servers", ReadOnly = true), Description("Lists the MCP servers behind this gateway, twenty at a time.")]
    public Task<ServerList> ListServers(
        [Description("Only servers of this category.")] string? category = null, [Description("NextCursor of the page before.")] string? cursor = null, CancellationToken cancellationToken = default) =>
        gateway.ListServersAsync(category, cursor, cancellationToken);

    [McpServerTool(Name = "discover_tools", ReadOnly = true), Description("Lists the tools of one server.")]
    public async Task<IReadOnlyList<ToolInfo>> DiscoverTools([Description("The server's name.")] string server, CancellationToken cancellationToken) =>
        await gateway.DiscoverToolsAsync(server, cancellationToken) ?? throw new ModelContextProtocol.McpException($"There is no server '{server}'.");

    [McpServerTool(Name = "gateway_configuration", ReadOnly = true), Description("What the client with this key may use.")]
    public Task<ClientConfiguration> Configuration([Description("The client's key.")] string clientKey, CancellationToken cancellationToken) =>
        gateway.GetConfigurationAsync(clientKey, cancellationToken);

    [McpServerTool(Name = "refresh_server"), Description("Forgets what is known of a server that has been deployed anew.")]
    public async Task<string> RefreshServer([Description("The server's name.")] string server, CancellationToken cancellationToken)
    {
        await gateway.RefreshServerAsync(server, cancellationToken);
        return $"What was known of '{server}' is asked for again.";
    }
}
