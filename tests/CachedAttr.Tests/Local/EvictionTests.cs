using CachedAttr.Local;

namespace CachedAttr.Tests.Local;

public sealed class EvictionTests
{
    private const int Keys = 100_000;
    private const int Capacity = Keys / 100;

    [Fact]
    public void On_a_Zipf_trace_the_hit_ratio_beats_LRU_by_at_least_seven_points()
    {
        int[] trace = Traces.Zipf(Keys, 0.99, 1_000_000, seed: 1);
        var lru = new LruCache(Capacity);

        double ours = HitRatios.OfStore(new LocalStore<int, int>(Capacity), trace);
        double theirs = trace.Count(lru.Access) / (double)trace.Length;

        Assert.True(ours >= theirs + 0.07, $"ours {ours:P2}, LRU {theirs:P2}");
    }

    [Fact]
    public void A_scan_over_ten_times_the_capacity_costs_the_hot_set_at_most_three_points()
    {
        int[] trace = Traces.Zipf(Keys, 0.99, 600_000, seed: 2);
        const int Window = 20_000;
        int half = trace.Length / 2;
        var undisturbed = new LocalStore<int, int>(Capacity);
        var scanned = new LocalStore<int, int>(Capacity);
        HitRatios.OfStore(undisturbed, trace.AsSpan(0, half));
        HitRatios.OfStore(scanned, trace.AsSpan(0, half));

        foreach (int key in Enumerable.Range(Keys, 10 * Capacity))
            HitRatios.Access(scanned, key);

        double before = HitRatios.OfStore(undisturbed, trace.AsSpan(half, Window));
        double after = HitRatios.OfStore(scanned, trace.AsSpan(half, Window));
        Assert.True(after >= before - 0.03, $"undisturbed {before:P2}, after the scan {after:P2}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void The_capacity_is_never_exceeded(int capacity)
    {
        var store = new LocalStore<int, int>(capacity);
        foreach (int key in Traces.Zipf(Math.Max(10, capacity * 3), 0.8, 20_000, seed: 3))
        {
            HitRatios.Access(store, key);
            Assert.True(store.Count <= capacity);
        }

        Assert.Equal(capacity, store.Count);
    }

    [Fact]
    public void The_capacity_is_not_exceeded_by_more_than_the_number_of_threads_while_several_insert()
    {
        const int Threads = 8;
        var store = new LocalStore<int, int>(100);
        int most = 0;

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                HitRatios.Access(store, (i * Threads) + thread);
                int count = store.Count;
                InterlockedMax(ref most, count);
            }
        });

        Assert.InRange(most, 100, 100 + Threads);
    }

    [Fact]
    public void A_smaller_capacity_takes_effect_at_once_and_keeps_what_is_worth_most()
    {
        var store = new LocalStore<int, int>(100);
        for (int key = 0; key < 100; key++)
            HitRatios.Access(store, key);
        for (int key = 0; key < 10; key++)
            HitRatios.Access(store, key);

        lock (store.Gate)
            store.Resize(20);

        Assert.Equal(20, store.Count);
        Assert.All(Enumerable.Range(0, 10), key => Assert.NotNull(store.Find(key)));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
            seen = Interlocked.CompareExchange(ref target, value, seen) is var now && now == seen ? value : now;
    }
}
