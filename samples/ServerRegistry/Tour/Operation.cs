using ServerRegistry.Data;
using ServerRegistry.Domain;
using ServerRegistry.Services;

namespace ServerRegistry.Tour;

/// <summary>Something that the service does, for each of some keys. All are wrapped alike, so that their times compare.</summary>
internal sealed record Operation(string Name, int Keys, Func<int, ValueTask> Call)
{
    private const int ManyKeys = 10;

    /// <summary>All that the service caches, asked for what is in the database.</summary>
    public static async Task<IReadOnlyList<Operation>> AllAsync(ServerService service, RegistryDatabase database)
    {
        var servers = (await database.ListAsync(new ServerFilter(PageSize: ManyKeys), CancellationToken.None)).Servers;
        var categories = (await database.StatisticsAsync(CancellationToken.None)).ByCategory;
        string category = categories[0].Name;
        return
        [
            new("details of a server", servers.Count, async i => await service.GetServerAsync(servers[i].Id)),
            new("tools of a server", servers.Count, async i => await service.GetToolsAsync(servers[i].Id)),
            new("a server by name", servers.Count, async i => await service.FindServerAsync(servers[i].Name)),
            new("list, a category", ManyKeys, async i => await service.ListServersAsync(new ServerFilter(Category: category, Page: i + 1))),
            new("list, a text", ManyKeys, async i => await service.ListServersAsync(new ServerFilter(Text: "search", Page: i + 1))),
            new("size of a category", categories.Count, async i => await ValueTask.FromResult(service.CountInCategory(categories[i].Name))),
            new("statistics", 1, async _ => await service.GetStatisticsAsync()),
        ];
    }
}
