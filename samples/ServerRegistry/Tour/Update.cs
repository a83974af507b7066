using CachedAttr;
using ServerRegistry.Domain;
using ServerRegistry.Services;
using Spectre.Console;

namespace ServerRegistry.Tour;

/// <summary>An update, and what the reads after it return.</summary>
internal static class Update
{
    private const long Id = 1;

    public static async Task<bool> RunAsync(ServerService service, Cache cache)
    {
        var before = (await service.GetServerAsync(Id))!;
        var list = await service.ListServersAsync(new ServerFilter(Category: before.Category));
        string title = before.Title + ", renamed";

        await service.UpdateServerAsync(Id, new ServerDraft(before.Name, "renamed", title, before.Description));
        bool forgotten = !await cache.ExistsAsync(ServerService.CacheKeys.GetServer(Id));
        var after = (await service.GetServerAsync(Id))!;
        var listAfter = await service.ListServersAsync(new ServerFilter(Category: before.Category));

        var table = new Table { Title = new TableTitle("An update invalidates") };
        table.AddColumns("read", "before", "after");
        table.AddRow("title of the server", Markup.Escape(before.Title), Markup.Escape(after.Title));
        table.AddRow("servers in its category", $"{list.Total}", $"{listAfter.Total}");
        AnsiConsole.Write(table);
        return forgotten && after.Title == title && listAfter.Total == list.Total - 1;
    }
}
