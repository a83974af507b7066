using CachedAttr.Local;

namespace CachedAttr.Tests.Local;

public sealed class LocalStoreTests
{
    [Fact]
    public void What_is_stored_is_found_replaced_and_removed()
    {
        var store = new LocalStore<int, string>(10);

        store.Set(Entry(1, "a"));
        store.Set(Entry(1, "b"));

        Assert.Equal("b", store.Find(1)?.Value);
        Assert.Equal(1, store.Count);
        Assert.Equal("b", store.Remove(1)?.Value);
        Assert.Null(store.Remove(1));
        Assert.Null(store.Find(1));
        Assert.Equal(0, store.Count);
    }

    [Fact]
    public void Random_operations_agree_with_a_dictionary()
    {
        var random = new Random(4);
        var store = new LocalStore<int, int>(1_000_000);
        var model = new Dictionary<int, int>();
        for (int i = 0; i < 200_000; i++)
        {
            int key = random.Next(-5_000, 5_000) * 1024;
            switch (random.Next(3))
            {
                case 0:
                    store.Set(new LocalEntry<int, int>(key, i, long.MaxValue, 0));
                    model[key] = i;
                    break;
                case 1:
                    Assert.Equal(model.Remove(key), store.Remove(key) is not null);
                    break;
                default:
                    Assert.Equal(model.TryGetValue(key, out int value) ? value : null, store.Find(key)?.Value);
                    break;
            }
        }

        Assert.Equal(model.Count, store.Count);
        Assert.Equal(model.OrderBy(pair => pair.Key), store.Snapshot().Select(entry => KeyValuePair.Create(entry.Key, entry.Value)).OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Expired_entries_are_removed_a_few_buckets_at_a_time(int buckets)
    {
        var store = new LocalStore<int, int>(10_000);
        for (int key = 0; key < 3_000; key++)
            store.Set(new LocalEntry<int, int>(key, key, promptUntil: key, stamp: 0));

        int bucket = 0;
        do
            bucket = store.RemoveExpired(bucket, buckets, now: 999);
        while (bucket > 0);

        Assert.Equal(Enumerable.Range(1_000, 2_000), store.Snapshot().Select(entry => entry.Key).Order());
    }

    [Fact]
    public async Task Readers_without_the_lock_see_only_complete_entries_of_their_key_while_others_write()
    {
        var store = new LocalStore<int, int[]>(500);
        using var stop = new CancellationTokenSource();
        long seen = 0;
        var writer = Task.Run(() =>
        {
            var random = new Random(5);

            // The reader may begin late.
            for (int i = 0; i < 300_000 || (Interlocked.Read(ref seen) < 1_000 && !stop.IsCancellationRequested); i++)
            {
                int key = random.Next(1_000);
                lock (store.Gate)
                {
                    if (random.Next(4) == 0)
                        store.Remove(key);
                    else
                        store.Set(new LocalEntry<int, int[]>(key, [key, key], long.MaxValue, 0));
                    if (i % 50_000 == 0)
                        store.Clear();
                }
            }

            stop.Cancel();
        });
        var reader = Task.Run(() =>
        {
            var random = new Random(6);
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    int key = random.Next(1_000);
                    if (store.Find(key) is { } entry)
                    {
                        Assert.Equal([key, key], entry.Value);
                        Interlocked.Increment(ref seen);
                    }
                }
            }
            finally
            {
                stop.Cancel(); // a reader who fails does not leave the writer waiting
            }
        });

        await writer;
        await reader;
        Assert.True(seen >= 1_000);
    }

    [Fact]
    public async Task A_reader_who_meets_half_of_a_new_table_finds_the_entry_of_its_key_or_none()
    {
        const int Keys = 2_000;
        var store = new LocalStore<int, int>(Keys);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(7, 2).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            while (!stop.IsCancellationRequested)
            {
                int key = random.Next(-Keys, Keys);
                if (store.Find(key) is { } entry)
                    Assert.Equal((key, key), (entry.Key, entry.Value));
            }
        })).ToArray();

        // From sixteen buckets to thousands, and to sixteen again.
        for (int round = 0; round < 50; round++)
        {
            for (int key = -Keys; key < Keys; key++)
            {
                lock (store.Gate)
                    store.Set(new LocalEntry<int, int>(key, key, long.MaxValue, 0));
            }

            lock (store.Gate)
            {
                Assert.NotNull(store.Find(Keys - 1));
                store.Clear();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(0, store.Count);
    }

    private static LocalEntry<int, string> Entry(int key, string value) => new(key, value, long.MaxValue, 0);
}
