using CachedAttr;
using ServerRegistry.Data;
using ServerRegistry.Domain;

namespace ServerRegistry.Services;

/// <summary>The registry: what is read often is cached, what changes it says what that makes invalid.</summary>
public sealed partial class ServerService(Cache cache, RegistryDatabase database)
{
    [Cached("server:{id}", Ttl = 600)]
    public partial Task<Server?> GetServerAsync(long id, CancellationToken cancellationToken = default);

    [Cached("server-name:{name}", Ttl = 600, NullTtl = 30)]
    public partial Task<Server?> FindServerAsync(string name, CancellationToken cancellationToken = default);

    [Cached("server:{id}:tools", Ttl = 600)]
    public partial Task<IReadOnlyList<Tool>> GetToolsAsync(long id, CancellationToken cancellationToken = default);

    [Cached("servers:{filter}", Ttl = 60)]
    public partial Task<ServerPage> ListServersAsync(ServerFilter filter, CancellationToken cancellationToken = default);

    [Cached("statistics", Ttl = 300)]
    public partial ValueTask<RegistryStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default);

    [Cached("category:{name}:size", Ttl = 300)]
    public partial int CountInCategory(string name);

    // Also what was cached while the new server was missing: its id, and its name in any case.
    [InvalidateCache("server:{result.Id}", "server:{result.Id}:*", "server-name:*", "servers:*", "statistics", "category:*")]
    public partial Task<Server> CreateServerAsync(ServerDraft draft, CancellationToken cancellationToken = default);

    [InvalidateCache("server:{id}", "server-name:*", "servers:*", "statistics", "category:*")]
    public partial Task<bool> UpdateServerAsync(long id, ServerDraft draft, CancellationToken cancellationToken = default);

    [InvalidateCache("server:{id}", "server:{id}:*", "server-name:*", "servers:*", "statistics", "category:*")]
    public partial Task<bool> DeleteServerAsync(long id, CancellationToken cancellationToken = default);

    private Task<Server?> GetServerCoreAsync(long id, CancellationToken cancellationToken) => database.FindAsync(id, cancellationToken);

    private Task<Server?> FindServerCoreAsync(string name, CancellationToken cancellationToken) => database.FindAsync(name, cancellationToken);

    private Task<IReadOnlyList<Tool>> GetToolsCoreAsync(long id, CancellationToken cancellationToken) => database.ToolsAsync(id, cancellationToken);

    private Task<ServerPage> ListServersCoreAsync(ServerFilter filter, CancellationToken cancellationToken) => database.ListAsync(filter, cancellationToken);

    private async ValueTask<RegistryStatistics> GetStatisticsCoreAsync(CancellationToken cancellationToken) => await database.StatisticsAsync(cancellationToken);

    private int CountInCategoryCore(string name) => database.CountInCategory(name);

    private Task<Server> CreateServerCoreAsync(ServerDraft draft, CancellationToken cancellationToken) => database.InsertAsync(draft, cancellationToken);

    private Task<bool> UpdateServerCoreAsync(long id, ServerDraft draft, CancellationToken cancellationToken) => database.UpdateAsync(id, draft, cancellationToken);

    private Task<bool> DeleteServerCoreAsync(long id, CancellationToken cancellationToken) => database.DeleteAsync(id, cancellationToken);
}
