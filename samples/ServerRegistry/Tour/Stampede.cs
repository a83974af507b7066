using System.Globalization;
using ServerRegistry.Data;
using ServerRegistry.Domain;
using ServerRegistry.Services;
using Spectre.Console;

namespace ServerRegistry.Tour;

/// <summary>A thousand callers at once on a key that is not cached.</summary>
internal static class Stampede
{
    private const int Callers = 1_000;
    private const int QueriesPerLoad = 2;

    public static async Task<bool> RunAsync(ServerService service, RegistryDatabase database)
    {
        var filter = new ServerFilter(Text: "stampede");
        long before = database.Queries;
        var pages = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => service.ListServersAsync(filter))));
        long queries = database.Queries - before;
        double loads = (double)queries / QueriesPerLoad;

        bool one = queries == QueriesPerLoad && pages.All(page => ReferenceEquals(page, pages[0]));
        AnsiConsole.WriteLine($"A stampede of {Callers} concurrent callers on one cold key: {loads.ToString("0.#", CultureInfo.InvariantCulture)} load{(one ? "" : "s")}.");
        return one;
    }
}
