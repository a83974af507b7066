using System.Diagnostics;
using System.Globalization;
using CachedAttr;
using ServerRegistry.Data;
using ServerRegistry.Services;
using Spectre.Console;

namespace ServerRegistry.Tour;

/// <summary>Each operation cold and cached.</summary>
internal static class Operations
{
    private const int ColdSamples = 21;
    private const int CachedSamples = 100;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <remarks>
    /// All are warmed up before one is measured: the JIT compiler fits its code to what ran first, so that whichever operation came first would seem
    /// several times faster than the others.
    /// </remarks>
    public static async Task RunAsync(ServerService service, RegistryDatabase database, Cache cache)
    {
        var operations = await Operation.AllAsync(service, database);
        var measurements = operations.Select(operation => new Measurement(operation, database, cache)).ToList();

        await WarmUpAsync(measurements, measurement => measurement.CallColdAsync());
        measurements.ForEach(measurement => measurement.Cold.Clear());
        await RepeatAsync(measurements, ColdSamples, measurement => measurement.CallColdAsync());

        await WarmUpAsync(measurements, measurement => measurement.CallCachedAsync());
        measurements.ForEach(measurement => measurement.Cached.Clear());
        await RepeatAsync(measurements, CachedSamples, measurement => measurement.CallCachedAsync());

        Show(measurements);
    }

    private static async Task WarmUpAsync(List<Measurement> measurements, Func<Measurement, Task> call)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            await RepeatAsync(measurements, times: 1, call);
    }

    private static async Task RepeatAsync(List<Measurement> measurements, int times, Func<Measurement, Task> call)
    {
        foreach (var measurement in measurements)
        {
            for (int i = 0; i < times; i++)
                await call(measurement);
        }
    }

    private static void Show(List<Measurement> measurements)
    {
        var table = new Table { Title = new TableTitle("Each operation, cold and cached") };
        table.AddColumn("operation");
        foreach (string column in (string[])["p50\ncold", "p50\ncached", "\nratio", "loads\nsaved", "queries\nsaved"])
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        foreach (var m in measurements)
            table.AddRow(m.Name, Time(m.Cold.P50), Time(m.Cached.P50), Number(m.Cold.P50 / m.Cached.P50) + " x", Number(m.LoadsSaved), Number(m.QueriesSaved));
        AnsiConsole.Write(table);
    }

    private static string Time(double microseconds) => microseconds switch
    {
        >= 1000 => (microseconds / 1000).ToString("N2", CultureInfo.InvariantCulture) + " ms",
        >= 10 => microseconds.ToString("N1", CultureInfo.InvariantCulture) + " us",
        _ => microseconds.ToString("N3", CultureInfo.InvariantCulture) + " us",
    };

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
