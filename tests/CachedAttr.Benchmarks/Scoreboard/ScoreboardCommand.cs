using System.Diagnostics;
using System.Globalization;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary><c>scoreboard [--rows NAME,…]</c>: measures the goals of docs/performance.md, prints them, and writes them there.</summary>
internal static class ScoreboardCommand
{
    private static readonly (string Name, Func<Task<IEnumerable<Score>>> Measure)[] Rows =
    [
        ("hit", static () => Task.Run(LocalRows.Hits)),
        ("allocations", static () => Task.Run(MemoryRows.Hit)),
        ("threads", static () => Task.Run(LocalRows.Threads)),
        ("load", static () => Task.Run(LocalRows.Loads)),
        ("memory", static () => Task.Run(MemoryRows.Entry)),
        ("ratio", static () => Task.Run(RatioRows.HitRatios)),
        ("churn", static () => Task.Run(LocalRows.Churn)),
        ("redis", RemoteRows.RedisAsync),
        ("formatter", static () => Task.Run(RemoteRows.Formatter)),
        ("pattern", RemoteRows.PatternAsync),
        ("incremental", static () => Task.Run(BuildRows.Incremental)),
        ("size", static () => Task.Run(BuildRows.Size)),
        ("build", BuildRows.TimeAsync),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        string names = string.Join(',', Rows.Select(static row => row.Name));
        string[] wanted = arguments switch
        {
            [] => names.Split(','),
            ["--rows", var some] => some.Split(','),
            _ => [""],
        };
        if (wanted.Except(names.Split(',')).Any())
        {
            Console.Error.WriteLine($"scoreboard [--rows {names}]");
            return 2;
        }

        var scores = new List<Score>();
        foreach (var (name, measure) in Rows.Where(row => wanted.Contains(row.Name)))
        {
            long start = Stopwatch.GetTimestamp();
            List<Score> measured = [.. await measure()];

            // At once: what comes after it may be given up.
            Report.Write(measured);
            Report.Print(measured);
            scores.AddRange(measured);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        }

        Report.PrintSum(scores);
        return 0;
    }
}
