using CachedAttr.Benchmarks.Serialization;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>What leaves the process: bytes, and servers that are started here.</summary>
internal static class RemoteRows
{
    private const int Invalidations = 200;

    public static async Task<IEnumerable<Score>> RedisAsync()
    {
        var methods = new RedisBenchmarks();
        methods.Setup();
        try
        {
            double[] latency = await Interleaved.RatiosAsync(2001, methods.ClientAlone, methods.Bounded, methods.Strict);
            double[] time = await Interleaved.RatiosAsync(201, methods.ClientAloneConcurrent, methods.BoundedConcurrent);
            return
            [
                new("Redis hit, 1 KB, latency : client and decoding", latency[1], Goal.AtMost(1.15)),
                new("the same with strict coherence", latency[2]),
                new("Redis hit, 1 KB, latency, strict coherence : bounded", latency[2] / latency[1], Goal.AtMost(1.3)),
                new("Redis hits a second, 64 at once : client and decoding", 1 / time[1], Goal.AtLeast(0.9)),
            ];
        }
        finally
        {
            methods.Cleanup();
        }
    }

    public static IEnumerable<Score> Formatter()
    {
        using var methods = new SerializationBenchmarks();
        return
        [
            new("generated formatter, record of 1 KB, write : System.Text.Json generated", Ratio(() => methods.RecordToJson(), () => methods.RecordToMessagePack()), Goal.AtMost(0.25)),
            new("generated formatter, record of 1 KB, read : System.Text.Json generated", Ratio(methods.RecordFromJson, methods.RecordFromMessagePack), Goal.AtMost(0.25)),
            new("generated formatter, list of 20 KB, write : System.Text.Json generated", Ratio(() => methods.ListToJson(), () => methods.ListToMessagePack()), Goal.AtMost(0.25)),
            new("generated formatter, list of 20 KB, read : System.Text.Json generated", Ratio(methods.ListFromJson, methods.ListFromMessagePack), Goal.AtMost(0.25)),
        ];
    }

    public static async Task<IEnumerable<Score>> PatternAsync() =>
        [Local(), await RedisPatternAsync(), await DatabasePatternAsync("sqlite", "SQLite"), await DatabasePatternAsync("postgres", "PostgreSQL")];

    private static Score Local()
    {
        using var methods = new PatternInvalidationBenchmarks();
        methods.Setup();
        double[] ratios = Interleaved.Ratios(
            () =>
            {
                methods.Among1Thousand();
                return null;
            },
            () =>
            {
                methods.Among1Million();
                return null;
            });
        return Of("local", ratios[1]);
    }

    private static async Task<Score> RedisPatternAsync()
    {
        var methods = new RedisPatternBenchmarks();
        methods.Setup();
        try
        {
            return Of("Redis", (await Interleaved.RatiosAsync(Invalidations, methods.Among1Thousand, methods.Among1Million))[1]);
        }
        finally
        {
            methods.Cleanup();
        }
    }

    private static async Task<Score> DatabasePatternAsync(string database, string name)
    {
        var methods = new DatabasePatternBenchmarks { Database = database };
        methods.Setup();
        try
        {
            return Of(name, (await Interleaved.RatiosAsync(Invalidations, methods.Among1Thousand, methods.Among1Million))[1]);
        }
        finally
        {
            methods.Cleanup();
        }
    }

    private static Score Of(string where, double ratio) => new($"invalidation by pattern, {where}, among 1,000,000 entries : among 1,000", ratio, Goal.AtMost(1.2));

    private static double Ratio(Func<object?> reference, Func<object?> ours) => Interleaved.Ratios(reference, ours)[1];
}
