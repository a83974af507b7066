using System.Security.Cryptography;
using System.Text;
using ServerRegistry.Data;

namespace McpGateway;

/// <summary>The servers behind the gateway: those of the registry. Each question takes as long as a network would.</summary>
public sealed class Upstream
{
    private const int PageSize = 20;

    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(40);
    private int _asked;

    /// <summary>How often they have been asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public async Task<ServerList> ListAsync(string? category, string? cursor, CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        int start = int.TryParse(cursor, out int given) && given > 0 ? given : 0;
        var all = MadeUpRegistry.Servers.Where(server => category is null || string.Equals(server.Category, category, StringComparison.OrdinalIgnoreCase)).ToList();
        return new(
            [.. all.Skip(start).Take(PageSize).Select(server => new ServerInfo(server.Name, server.Title, server.Category))],
            start + PageSize < all.Count ? $"{start + PageSize}" : null);
    }

    public async Task<IReadOnlyList<ToolInfo>?> ToolsAsync(string server, CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        return MadeUpRegistry.Enlarge(MadeUpRegistry.Servers, MadeUpRegistry.Servers.Count).FirstOrDefault(one => string.Equals(one.Name, server, StringComparison.Ordinal)) is { } found
            ? [.. found.Tools.Select(tool => new ToolInfo(tool.Name, tool.Description))]
            : null;
    }

    public async Task<ClientConfiguration> ConfigurationAsync(string clientKey, CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        string client = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clientKey)).AsSpan(0, 4));
        return new(client, ["database", "search", "productivity"], 60);
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        await Task.Delay(Distance, cancellationToken);
    }
}
