using System.Diagnostics;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>Times several things in turns, so that whatever else the machine does hits all of them alike, and compares each with the first.</summary>
internal static class Interleaved
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Times actions that take microseconds, in many short rounds.</summary>
    /// <param name="actions">What is compared; the first is the reference.</param>
    /// <returns>Of each the median over all rounds of its time divided by the reference's in the same round.</returns>
    public static double[] Ratios(params Func<object?>[] actions)
    {
        // Long enough for what is called to have been compiled for the last time.
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < WarmUp * actions.Length)
        {
            foreach (var action in actions)
                action();
        }

        int[] repetitions = [.. actions.Select(action => Math.Max(1, (int)(TimeSpan.FromMilliseconds(2) / Time(action, 5)) * 5))];
        return Medians(rounds: 101, actions.Length, i => Time(actions[i], repetitions[i]) / repetitions[i]);
    }

    /// <summary>Times what may be done a few times only.</summary>
    /// <param name="rounds">How often.</param>
    /// <param name="times">What is compared, each measuring itself; the first is the reference.</param>
    public static double[] Ratios(int rounds, params Func<TimeSpan>[] times)
    {
        foreach (var time in times)
            time();
        return Medians(rounds, times.Length, i => times[i]());
    }

    /// <inheritdoc cref="Ratios(int, Func{TimeSpan}[])"/>
    public static async Task<double[]> RatiosAsync(int rounds, params Func<Task>[] actions)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < WarmUp * actions.Length)
        {
            foreach (var action in actions)
                await action();
        }

        var ratios = new double[rounds][];
        for (int round = 0; round < rounds; round++)
        {
            var taken = new TimeSpan[actions.Length];
            for (int i = 0; i < actions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                await actions[i]();
                taken[i] = Stopwatch.GetElapsedTime(start);
            }

            ratios[round] = [.. taken.Select(time => time / taken[0])];
        }

        return MediansOf(ratios);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double[] Medians(int rounds, int count, Func<int, TimeSpan> time)
    {
        var ratios = new double[rounds][];
        for (int round = 0; round < rounds; round++)
        {
            TimeSpan[] taken = [.. Enumerable.Range(0, count).Select(time)];
            ratios[round] = [.. taken.Select(one => one / taken[0])];
        }

        return MediansOf(ratios);
    }

    private static double[] MediansOf(double[][] ratios) =>
        [.. Enumerable.Range(0, ratios[0].Length).Select(i => Median(ratios.Select(round => round[i])))];

    private static TimeSpan Time(Func<object?> action, int repetitions)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
            action();
        return Stopwatch.GetElapsedTime(start);
    }
}
