using System.Diagnostics;
using System.Globalization;
using ServerRegistry.Data;
using ServerRegistry.Domain;
using ServerRegistry.Services;
using Spectre.Console;

namespace ServerRegistry.Tour;

/// <summary>Each operation cold, on keys that nobody has asked for, and then cached.</summary>
internal static class Operations
{
    private const int Keys = 10;
    private const int Samples = 100;
    private const int CallsASample = 100;

    public static async Task RunAsync(ServerService service, RegistryDatabase database)
    {
        var table = new Table { Title = new TableTitle("Each operation, cold and cached") };
        table.AddColumn("operation");
        foreach (string column in (string[])["p50 cold", "p50 cached", "ratio", "loads saved", "queries saved"])
            table.AddColumn(new TableColumn(column).RightAligned());

        await MeasureAsync(table, database, "details of a server", i => service.GetServerAsync(i + 1));
        await MeasureAsync(table, database, "tools of a server", i => service.GetToolsAsync(i + 1));
        await MeasureAsync(table, database, "a server by name", i => service.FindServerAsync($"no-such-server-{i}"));
        await MeasureAsync(table, database, "list, a category", i => service.ListServersAsync(new ServerFilter(Category: "database", Page: i + 1)));
        await MeasureAsync(table, database, "list, a text", i => service.ListServersAsync(new ServerFilter(Text: "search", Page: i + 1)));
        await MeasureAsync(table, database, "size of a category", i => Task.FromResult(service.CountInCategory($"category-{i}")));
        await MeasureAsync(table, database, "statistics", _ => service.GetStatisticsAsync().AsTask(), keys: 1);
        AnsiConsole.Write(table);
    }

    private static async Task MeasureAsync<T>(Table table, RegistryDatabase database, string name, Func<int, Task<T>> call, int keys = Keys)
    {
        long before = database.Queries;
        var cold = await TimesAsync(call, keys, calls: 1, keys);
        long queriesOfOne = (database.Queries - before) / keys;
        before = database.Queries;
        await TimesAsync(call, Samples, CallsASample, keys);
        var cached = await TimesAsync(call, Samples, CallsASample, keys);
        long calls = 2 * Samples * CallsASample;
        long saved = (calls * queriesOfOne) - (database.Queries - before);

        var (slow, fast) = (Median(cold), Median(cached));
        table.AddRow(name, Text(slow), Text(fast), $"{(slow / fast).ToString("N0", CultureInfo.InvariantCulture)} x", Text(saved / queriesOfOne), Text(saved));
    }

    /// <summary>The time of one call, in microseconds, once for each sample. A hit is shorter than the clock's step, so a sample is many calls.</summary>
    private static async Task<List<double>> TimesAsync<T>(Func<int, Task<T>> call, int samples, int calls, int keys)
    {
        var times = new List<double>(samples);
        for (int sample = 0; sample < samples; sample++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
                await call((sample + i) % keys);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
        }

        return times;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Text(double microseconds) => microseconds >= 1000
        ? (microseconds / 1000).ToString("N2", CultureInfo.InvariantCulture) + " ms"
        : microseconds.ToString("N3", CultureInfo.InvariantCulture) + " us";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
