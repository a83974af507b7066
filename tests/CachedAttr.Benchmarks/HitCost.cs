using System.Diagnostics;
using System.Diagnostics.Metrics;
using CachedAttr.Telemetry;

namespace CachedAttr.Benchmarks;

/// <summary>
/// What watching costs a hit: batches of hits in turn without and with a listener to all instruments, and of each the fastest, which is what the processor
/// takes when nothing disturbs it. To compare two versions of the library, run it with each of them in turn.
/// </summary>
internal static class HitCost
{
    private const int Keys = 1024;
    private const int Reads = 4096;
    private const int Rounds = 15_000;

    public static int Run()
    {
        var random = new Random(1);
        int[] ids = [.. Enumerable.Range(0, Reads).Select(_ => random.Next(Keys))];
        using var cache = Cache.Create();
        var service = new ServerService(cache);
        Measure("sync", () =>
        {
            int sum = 0;
            foreach (int id in ids)
                sum += service.Get(id).Id;
            return sum;
        });
        Measure("task", () =>
        {
            int sum = 0;
            foreach (int id in ids)
                sum += service.GetAsync(id).GetAwaiter().GetResult().Id;
            return sum;
        });
        return 0;
    }

    private static void Measure(string name, Func<int> batch)
    {
        for (int i = 0; i < 2000; i++)
            batch();
        Thread.Sleep(500); // the compiler's last version is on its way
        var (without, with) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < Rounds / 100; i++)
        {
            without = Math.Min(without, Fastest(batch));
            using var listener = new MeterListener { InstrumentPublished = static (instrument, listener) => Enable(instrument, listener) };
            listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
            listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
            listener.Start();
            listener.RecordObservableInstruments();
            with = Math.Min(with, Fastest(batch));
        }

        Console.WriteLine(FormattableString.Invariant($"{name}: {without:0.000} ns a hit, with a listener {with:0.000}, ratio {with / without:0.000}"));
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name is CacheTelemetry.MeterName)
            listener.EnableMeasurementEvents(instrument);
    }

    private static double Fastest(Func<int> batch)
    {
        long fastest = long.MaxValue;
        for (int i = 0; i < 100; i++)
        {
            long began = Stopwatch.GetTimestamp();
            batch();
            fastest = Math.Min(fastest, Stopwatch.GetTimestamp() - began);
        }

        return fastest * 1e9 / Stopwatch.Frequency / Reads;
    }
}
