using System.Buffers.Binary;
using System.Globalization;
using CachedAttr.Tests.Local;

namespace CachedAttr.Benchmarks;

/// <summary>
/// <c>traces [--trace FILE]…</c>: hit ratios of the local store's own eviction, of LRU and of adaptive W-TinyLFU, on made-up traces or on given ones. A file has a
/// key a line; one whose name ends in <c>.bin</c> has a little-endian 64-bit number a key.
/// </summary>
internal static class TraceCommand
{
    public const int Keys = 100_000;
    public const int Length = 1_000_000;

    public static int Run(string[] arguments)
    {
        var files = new List<string>();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] != "--trace" || i + 1 == arguments.Length)
            {
                Console.Error.WriteLine($"'{arguments[i]}' is not understood: traces [--trace FILE]…");
                return 2;
            }

            files.Add(arguments[i + 1]);
        }

        Console.WriteLine("| trace | capacity | CachedAttr | LRU | adaptive W-TinyLFU |\n|---|---|---|---|---|");
        if (files.Count > 0)
        {
            Print(files.Select(Read));
        }
        else
        {
            Print(Traces.OfGoals(Keys, Length));
            Print(Traces.OfChange(Keys, Length));
        }

        return 0;
    }

    private static void Print(IEnumerable<Trace> traces)
    {
        var all = new List<HitRatios>();
        foreach (var trace in traces)
        {
            foreach (var ratios in HitRatios.Of(trace))
            {
                all.Add(ratios);
                Print(ratios.Trace, ratios.Capacity.ToString(CultureInfo.InvariantCulture), ratios.Ours, ratios.Lru, ratios.TinyLfu);
            }
        }

        Print("mean", "", all.Average(static r => r.Ours), all.Average(static r => r.Lru), all.Average(static r => r.TinyLfu));
    }

    private static void Print(string trace, string capacity, double ours, double lru, double tinyLfu) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {trace} | {capacity} | {100 * ours:F2} % | {100 * lru:F2} % | {100 * tinyLfu:F2} % |"));

    /// <summary>Reads a trace, whose keys are numbered in the order in which they come first.</summary>
    private static Trace Read(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return path.EndsWith(".bin", StringComparison.Ordinal) ? Number(name, Numbers(File.ReadAllBytes(path))) : Number(name, File.ReadLines(path));
    }

    private static IEnumerable<long> Numbers(byte[] bytes)
    {
        for (int at = 0; at + sizeof(long) <= bytes.Length; at += sizeof(long))
            yield return BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
    }

    private static Trace Number<T>(string name, IEnumerable<T> keys)
        where T : notnull
    {
        var numbers = new Dictionary<T, int>();
        var trace = new List<int>();
        foreach (var key in keys)
        {
            if (!numbers.TryGetValue(key, out int number))
                numbers.Add(key, number = numbers.Count);
            trace.Add(number);
        }

        return new(name, numbers.Count, [.. trace]);
    }
}
