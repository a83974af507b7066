namespace CachedAttr.Tests.Local;

/// <summary>Seeded sequences of keys to simulate caches with.</summary>
internal static class Traces
{
    /// <summary>Keys drawn by Zipf's law: the k-th most popular has a weight of 1 / k^skew. Popular keys are spread over the range.</summary>
    public static int[] Zipf(int keys, double skew, int length, int seed)
    {
        var cumulative = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++)
            cumulative[rank] = sum += 1 / Math.Pow(rank + 1, skew);

        var random = new Random(seed);
        int[] names = [.. Enumerable.Range(0, keys)];
        random.Shuffle(names);
        var trace = new int[length];
        for (int i = 0; i < length; i++)
        {
            int rank = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            trace[i] = names[rank >= 0 ? rank : ~rank];
        }

        return trace;
    }

    /// <summary>A trace, with one pass over many keys that are never asked for again in the middle of it.</summary>
    public static int[] WithScan(int[] trace, int scanned, int firstKey)
    {
        int half = trace.Length / 2;
        return [.. trace.AsSpan(0, half), .. Enumerable.Range(firstKey, scanned), .. trace.AsSpan(half)];
    }
}
