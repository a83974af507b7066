using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using CachedAttr.Backends;
using CachedAttr.Telemetry;

namespace CachedAttr.Cli.Commands;

/// <summary><c>bench</c>: how long calls of the backend take from here.</summary>
internal static class BenchCommand
{
    private const string KeyHead = "#cachedattr-bench:";

    public static Command Create(SharedOptions shared)
    {
        var count = new Option<int>("--count") { Description = "How many calls of each kind.", DefaultValueFactory = _ => 1000 };
        var size = new Option<int>("--size") { Description = "Bytes of an entry's value.", DefaultValueFactory = _ => 500 };
        var command = new Command("bench", "How long calls of the backend take from here, one after the other. It uses keys of its own, and removes them.") { count, size };
        command.SetAction(Session.Run(shared, async (session, output, parsed, cancellation) =>
        {
            int calls = parsed.GetValue(count);
            if (calls < 1 || parsed.GetValue(size) < 0)
                throw new CommandFailure(ExitCodes.Wrong, "--count is at least 1, and --size not negative.");
            var results = await Progress.WithBarAsync(output, "Measuring", report => MeasureAsync(session.Backend, calls, parsed.GetValue(size), report, cancellation));
            Write(output, results);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task<List<(string Name, LatencyHistogram Took)>> MeasureAsync(ICacheBackend backend, int calls, int size, Action<double> report, CancellationToken cancellation)
    {
        var call = BackendCall.Async(cancellation);
        var page = await backend.ReadLogAsync(LogPosition.None, call);
        byte[] entry = new byte[EntryHeader.Length + size];
        new EntryHeader { Epoch = page.Epoch, Stamp = page.UpTo, Created = page.UpTo }.Write(entry);
        string[] keys = [.. Enumerable.Range(0, Math.Min(calls, 100)).Select(i => KeyHead + i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        var operations = new (string Name, Func<int, ValueTask> Run)[]
        {
            ("set", async i => await backend.SetAsync(keys[i % keys.Length], entry, TimeSpan.FromMinutes(1), call)),
            ("get", async i => await backend.GetAsync(keys[i % keys.Length], call)),
            ("log", async _ => await backend.ReadLogAsync(page.End, call)),
        };
        var results = new List<(string, LatencyHistogram)>();
        for (int o = 0; o < operations.Length; o++)
        {
            var took = new LatencyHistogram();
            for (int i = 0; i < calls; i++)
            {
                long began = Stopwatch.GetTimestamp();
                await operations[o].Run(i);
                took.Record(Stopwatch.GetElapsedTime(began));
                if (i % 100 == 0)
                    report((o + ((double)i / calls)) / operations.Length);
            }

            results.Add((operations[o].Name, took));
        }

        report(1);
        await backend.RemoveAsync(keys, call);
        return results;
    }

    private static void Write(Output output, List<(string Name, LatencyHistogram Took)> results)
    {
        if (output.IsJson)
        {
            output.Json(new JsonObject(results.Select(static one => KeyValuePair.Create(one.Name, (JsonNode?)new JsonObject
            {
                ["calls"] = one.Took.Count,
                ["meanMicroseconds"] = Math.Round(one.Took.Sum.TotalMicroseconds / one.Took.Count, 1),
                ["p50Microseconds"] = one.Took.Percentile(0.5)?.TotalMicroseconds,
                ["p99Microseconds"] = one.Took.Percentile(0.99)?.TotalMicroseconds,
            }))));
            return;
        }

        output.Table(["operation", "calls", "mean", "p50", "p99"], results.Select(static one => (IReadOnlyList<string>)
        [
            one.Name, FormattableString.Invariant($"{one.Took.Count:N0}"), Output.Span(one.Took.Sum / one.Took.Count)!, Output.Span(one.Took.Percentile(0.5))!, Output.Span(one.Took.Percentile(0.99))!,
        ]));
    }
}
