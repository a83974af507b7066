namespace CachedAttr.Tests.Local;

/// <summary>Seeded sequences of keys to simulate caches with.</summary>
internal static class Traces
{
    /// <summary>Keys drawn by Zipf's law: the k-th most popular has a weight of 1 / k^skew. Popular keys are spread over the range.</summary>
    public static int[] Zipf(int keys, double skew, int length, int seed)
    {
        int[] names = [.. Enumerable.Range(0, keys)];
        new Random(seed).Shuffle(names);
        return [.. Ranks(keys, skew, length, seed + 1000).Select(rank => names[rank])];
    }

    /// <summary>The same with the most popular key first: the keys are their ranks.</summary>
    public static int[] Ranks(int keys, double skew, int length, int seed)
    {
        var cumulative = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++)
            cumulative[rank] = sum += 1 / Math.Pow(rank + 1, skew);

        var random = new Random(seed);
        var trace = new int[length];
        for (int i = 0; i < length; i++)
        {
            int rank = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            trace[i] = rank >= 0 ? rank : ~rank;
        }

        return trace;
    }

    /// <summary>The traces that the goals are about.</summary>
    public static IEnumerable<Trace> OfGoals(int keys, int length)
    {
        foreach (double skew in new[] { 0.8, 0.99 })
        {
            int[] zipf = Zipf(keys, skew, length, seed: 11);
            yield return new(FormattableString.Invariant($"Zipf {skew}"), keys, zipf);
            yield return new(FormattableString.Invariant($"Zipf {skew} with scans"), keys, WithScans(zipf, every: keys / 2, scanned: keys / 8, firstKey: keys));
        }

        yield return new("loop", keys, Loop(keys, length));
    }

    /// <summary>Traces on which caches fail that hold on to what was popular once.</summary>
    public static IEnumerable<Trace> OfChange(int keys, int length)
    {
        yield return new("Zipf 0.9 that moves on", keys, Moving(Zipf(keys, 0.9, length, seed: 12), by: keys / 7, every: length / 5));
        yield return new("the newest is asked for most", keys, Moving(Ranks(keys, 0.99, length, seed: 13), by: 1, every: 20));
        yield return new("recent keys again", keys, Recent(length, range: keys / 50, seed: 14));
        yield return new("each key twice", keys, Twice(length, distance: keys / 100));
        yield return new("Zipf 0.99 and a loop by turns", keys, [.. Zipf(keys, 0.99, length, seed: 15).Select((key, i) => i % (length / 4) < length / 8 ? key : keys + (i % (keys / 2)))]);
    }

    /// <summary>A trace, with a pass now and then over keys that are asked for only once.</summary>
    public static int[] WithScans(int[] trace, int every, int scanned, int firstKey) =>
        [.. trace.Chunk(every).SelectMany((part, i) => part.Concat(Enumerable.Range(firstKey + (i * scanned), scanned)))];

    /// <summary>The keys in order, again and again.</summary>
    public static int[] Loop(int keys, int length) => [.. Enumerable.Range(0, length).Select(i => i % keys)];

    /// <summary>A trace whose keys become others now and then.</summary>
    public static int[] Moving(int[] trace, int by, int every) => [.. trace.Select((key, i) => key + (i / every * by))];

    /// <summary>Half of the keys are new, the others were new not long ago.</summary>
    public static int[] Recent(int length, double range, int seed)
    {
        var random = new Random(seed);
        int newest = 0;
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(2) == 0 ? ++newest : Math.Max(0, newest - (int)(-Math.Log(1 - random.NextDouble()) * range)))];
    }

    /// <summary>Every key comes a second time when so many others have come in between.</summary>
    public static int[] Twice(int length, int distance) => [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? i / 2 : Math.Max(0, (i / 2) - distance))];
}
