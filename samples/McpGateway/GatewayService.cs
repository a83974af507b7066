using CachedAttr;

namespace McpGateway;

/// <summary>What the gateway knows of the servers behind it. Asking them takes long, so it is kept for as long as it may be.</summary>
public sealed partial class GatewayService(Cache cache, Upstream upstream)
{
    /// <summary>A page of the list; the first one is what nearly everybody asks for, and the only one that is kept.</summary>
    [Cached("gateway:servers:{category}", Ttl = 300, When = nameof(IsFirstPage))]
    public partial Task<ServerList> ListServersAsync(string? category, [CacheKeyIgnore] string? cursor, CancellationToken cancellationToken = default);

    /// <summary>The tools of a server: they change when it is deployed, so four hours are a fair time.</summary>
    [Cached("gateway:tools:{server}", Ttl = 4 * 3600, NullTtl = 60)]
    public partial Task<IReadOnlyList<ToolInfo>?> DiscoverToolsAsync(string server, CancellationToken cancellationToken = default);

    /// <summary>What a client may use. Its key is a secret, of which only a keyed hash is in the cache's key.</summary>
    [Cached("gateway:configuration:{clientKey}", Ttl = 24 * 3600)]
    public partial Task<ClientConfiguration> GetConfigurationAsync([Sensitive] string clientKey, CancellationToken cancellationToken = default);

    /// <summary>A server has been deployed anew.</summary>
    [InvalidateCache("gateway:tools:{server}", "gateway:servers:*")]
    public partial Task RefreshServerAsync(string server, CancellationToken cancellationToken = default);

    private static bool IsFirstPage(string? cursor) => cursor is null;

    private Task<ServerList> ListServersCoreAsync(string? category, string? cursor, CancellationToken cancellationToken) => upstream.ListAsync(category, cursor, cancellationToken);

    private Task<IReadOnlyList<ToolInfo>?> DiscoverToolsCoreAsync(string server, CancellationToken cancellationToken) => upstream.ToolsAsync(server, cancellationToken);

    private Task<ClientConfiguration> GetConfigurationCoreAsync(string clientKey, CancellationToken cancellationToken) => upstream.ConfigurationAsync(clientKey, cancellationToken);

    private Task RefreshServerCoreAsync(string server, CancellationToken cancellationToken) => Task.CompletedTask;
}
