using System.Numerics;

namespace CachedAttr.Telemetry;

/// <summary>How long something took, in buckets that grow by an eighth of a power of two, so that a percentile is off by at most 6 %. Thread-safe.</summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 3;
    private const int Steps = 1 << StepBits;

    // From one microsecond to more than an hour.
    private const int Powers = 32;

    private readonly long[] _buckets = new long[Powers * Steps];
    private long _count;
    private long _ticks;

    /// <summary>How many durations there are.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Their sum.</summary>
    public TimeSpan Sum => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Adds a duration.</summary>
    public void Record(TimeSpan duration)
    {
        Interlocked.Increment(ref _buckets[Bucket((ulong)Math.Max(1, duration.TotalMicroseconds))]);
        Interlocked.Add(ref _ticks, duration.Ticks);
        Interlocked.Increment(ref _count);
    }

    /// <summary>The duration that a share of all does not exceed; <see langword="null"/> if there are none.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public TimeSpan? Percentile(double share)
    {
        long all = 0;
        foreach (ref long bucket in _buckets.AsSpan())
            all += Volatile.Read(ref bucket);
        if (all == 0)
            return null;
        long wanted = Math.Max(1, (long)Math.Ceiling(share * all));
        int last = 0;
        for (long seen = 0; last < _buckets.Length; last++)
        {
            seen += Volatile.Read(ref _buckets[last]);
            if (seen >= wanted)
                break;
        }

        return TimeSpan.FromMicroseconds(Middle(Math.Min(last, _buckets.Length - 1)));
    }

    // Small numbers have a bucket each; from there on a power of two has as many as there are steps.
    private static int Bucket(ulong microseconds)
    {
        if (microseconds < Steps)
            return (int)microseconds;
        int power = BitOperations.Log2(microseconds);
        int step = (int)(microseconds >> (power - StepBits)) & (Steps - 1);
        return Math.Min(((power - StepBits + 1) * Steps) + step, (Powers * Steps) - 1);
    }

    private static double Middle(int bucket)
    {
        if (bucket < Steps)
            return bucket;
        int shift = (bucket / Steps) - 1;
        double low = Math.ScaleB(Steps + (bucket % Steps), shift);
        return low + (Math.ScaleB(1, shift) / 2);
    }
}
