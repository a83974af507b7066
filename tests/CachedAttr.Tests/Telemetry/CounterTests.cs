using CachedAttr.Telemetry;

namespace CachedAttr.Tests.Telemetry;

public sealed class CounterTests
{
    [Fact]
    public void One_thread_loses_no_count_and_counters_beside_each_other_do_not_mix()
    {
        var source = new StripedCounter.Source();
        StripedCounter[] counters = [.. Enumerable.Range(0, 40).Select(_ => source.Create())];
        for (int i = 0; i < counters.Length; i++)
        {
            for (int j = 0; j <= i; j++)
                counters[i].Increment();
        }

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), counters.Select(counter => counter.Sum()));
    }

    [Fact]
    public void Threads_lose_next_to_nothing()
    {
        const int Threads = 4, Each = 1_000_000;
        var counter = new StripedCounter.Source().Create();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
                counter.Increment();
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();

        // Two of four stacks in one of 128 cells are rare, and lose some counts then: never more than the half of both.
        Assert.InRange(counter.Sum(), Threads * Each / 2, Threads * Each);
    }

    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(1, 1000)]
    public void A_percentile_is_off_by_at_most_a_sixteenth(double share, double milliseconds)
    {
        var histogram = new LatencyHistogram();
        for (int i = 1; i <= 1000; i++)
            histogram.Record(TimeSpan.FromMilliseconds(i));

        Assert.InRange(histogram.Percentile(share)!.Value.TotalMilliseconds, milliseconds * 15 / 16, milliseconds * 17 / 16);
        Assert.Equal((1000, TimeSpan.FromMilliseconds(500_500)), (histogram.Count, histogram.Sum));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6)]
    [InlineData(7e-6)]
    [InlineData(8e-6)]
    [InlineData(1)]
    [InlineData(4000)]
    [InlineData(1e9)]
    public void Any_duration_has_a_place(double seconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromSeconds(seconds));

        Assert.NotNull(histogram.Percentile(0.5));
    }

    [Fact]
    public void Of_nothing_there_is_no_percentile() => Assert.Null(new LatencyHistogram().Percentile(0.5));
}
