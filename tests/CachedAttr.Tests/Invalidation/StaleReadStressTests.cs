using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Invalidation;

/// <summary>Loads race with updates and their invalidations, over real threads and real time.</summary>
public sealed class StaleReadStressTests
{
    private const int Keys = 16;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_reader_ever_gets_a_value_older_than_an_invalidation_that_was_complete_before_it_asked(bool byTag)
    {
        using var cache = Cache.Create();
        var method = new TestMethod<long>(cache);
        long[] source = new long[Keys];       // what the database holds
        long[] invalidated = new long[Keys];  // the version whose invalidation is complete
        long reads = 0, stale = 0, hits = 0, updates = 0;
        using var stop = new CancellationTokenSource();

        async Task ReadAsync(int seed)
        {
            var random = new Random(seed);
            while (!stop.IsCancellationRequested)
            {
                int key = random.Next(Keys);
                long atLeast = Volatile.Read(ref invalidated[key]);
                Interlocked.Add(ref hits, method.IsCached(key) ? 1 : 0);
                async ValueTask<long> LoadAsync(CancellationToken cancellationToken)
                {
                    long value = Volatile.Read(ref source[key]);
                    for (int i = random.Next(4); i > 0; i--)
                        await Task.Yield();
                    return value;
                }

                long got = await (byTag ? method.GetTaggedAsync(key, LoadAsync, $"key:{key}", "all") : method.GetAsync(key, LoadAsync));
                Interlocked.Increment(ref reads);
                if (got < atLeast)
                    Interlocked.Increment(ref stale);
                if (random.Next(16) == 0)
                    await Task.Yield(); // hits never do, and would starve the updates
            }
        }

        async Task UpdateAsync(int seed)
        {
            var random = new Random(seed);
            while (!stop.IsCancellationRequested)
            {
                int key = random.Next(Keys);
                long version = Interlocked.Increment(ref source[key]);
                if (byTag)
                    cache.InvalidateTag(random.Next(8) == 0 ? "all" : $"key:{key}");
                else if (random.Next(3) == 0)
                    cache.Invalidate(random.Next(2) == 0 ? "server:*" : $"server:{key}*");
                else
                    cache.Remove($"server:{key}");
                Max(ref invalidated[key], version);
                Interlocked.Increment(ref updates);
                for (int i = random.Next(4); i > 0; i--)
                    await Task.Yield();
            }
        }

        // On a machine that has no time for it, it takes longer: fewer would mean nothing.
        async Task StopAsync()
        {
            do
                await Task.Delay(Duration);
            while (Interlocked.Read(ref reads) < 10_000 || Interlocked.Read(ref updates) < 1_000 || Interlocked.Read(ref hits) < 1_000);
            await stop.CancelAsync();
        }

        await Task.WhenAll(
            [StopAsync(), .. Enumerable.Range(0, 6).Select(seed => Task.Run(() => ReadAsync(seed))), .. Enumerable.Range(6, 2).Select(seed => Task.Run(() => UpdateAsync(seed)))]);

        Assert.Equal(0, stale);
    }

    private static void Max(ref long target, long value)
    {
        long seen = Volatile.Read(ref target);
        while (value > seen)
        {
            long was = Interlocked.CompareExchange(ref target, value, seen);
            if (was == seen)
                return;
            seen = was;
        }
    }
}
