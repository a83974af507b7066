using System.Collections.Concurrent;
using System.Diagnostics;
using CachedAttr.Local;
using CachedAttr.Tests.Local;
using Microsoft.Extensions.Caching.Memory;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>What the local tier costs in time.</summary>
internal static class LocalRows
{
    private const int ThreadReads = 1 << 20;
    private const int Misses = 50_000;
    private const int ChurnCapacity = 10_000;
    private const int ChurnPerThread = 200_000;

    public static IEnumerable<Score> Hits()
    {
        using var methods = new LocalHitBenchmarks();
        methods.Setup();
        double[] byId = Interleaved.Ratios(() => methods.Dictionary(), () => methods.Sync(), () => methods.Task(), () => methods.ValueTask());
        double[] cacheById = Interleaved.Ratios(() => methods.MemoryCacheInterpolated(), () => methods.Sync(), () => methods.Task(), () => methods.ValueTask());
        double[] byName = Interleaved.Ratios(() => methods.MemoryCacheInterpolatedByName(), () => methods.SyncByName());
        return
        [
            new("local hit, int key, sync : ConcurrentDictionary lookup", byId[1], Goal.AtMost(2)),
            new("local hit, int key, Task : ConcurrentDictionary lookup", byId[2], Goal.AtMost(2)),
            new("local hit, int key, ValueTask : ConcurrentDictionary lookup", byId[3], Goal.AtMost(2)),
            new("local hit, int key, the slowest kind : MemoryCache.GetOrCreateAsync, interpolated key", cacheById[1..].Max(), Goal.AtMost(0.125)),
            new("local hit, (string, string) key : MemoryCache.GetOrCreateAsync, interpolated key", byName[1], Goal.AtMost(0.4)),
        ];
    }

    public static IEnumerable<Score> Threads()
    {
        int[] ids = Traces.Zipf(100_000, 0.99, ThreadReads, seed: 1);
        using var cache = Cache.Create(static options => options.LocalCapacity = 200_000);
        var service = new ServerService(cache);
        int ReadAll()
        {
            int sum = 0;
            foreach (int id in ids)
                sum += service.Get(id).Id;
            return sum;
        }

        ReadAll();
        double[] ratios = Interleaved.Ratios(21, () => OnThreads(1, _ => ReadAll()), () => OnThreads(2, _ => ReadAll()));

        // What the machine itself allows: nothing of ours is in this one.
        var dictionary = new ConcurrentDictionary<int, Server>(ids.Distinct().Select(static id => KeyValuePair.Create(id, new Server(id, "a server"))));
        int LookUpAll()
        {
            int sum = 0;
            foreach (int id in ids)
                sum += dictionary.TryGetValue(id, out var server) ? server.Id : 0;
            return sum;
        }

        double[] lookups = Interleaved.Ratios(21, () => OnThreads(1, _ => LookUpAll()), () => OnThreads(2, _ => LookUpAll()));
        return
        [
            new("hits a second on 2 threads, Zipf keys : on 1 thread", 2 / ratios[1], Goal.AtLeast(1.9)),
            new("the same of a ConcurrentDictionary", 2 / lookups[1]),
        ];
    }

    public static IEnumerable<Score> Loads()
    {
        double[] tasks = Interleaved.Ratios(15, TimeMemoryCacheTasks, () => TimeMethod(static (service, id) => service.GetAsync(id).GetAwaiter().GetResult()));
        double[] sync = Interleaved.Ratios(15, TimeMemoryCache, () => TimeMethod(static (service, id) => service.Get(id)));
        return
        [
            new("miss, load and store, Task : MemoryCache.GetOrCreateAsync, interpolated key", tasks[1], Goal.AtMost(1)),
            new("miss, load and store, sync : MemoryCache.GetOrCreate, interpolated key", sync[1], Goal.AtMost(1)),
        ];
    }

    public static IEnumerable<Score> Churn()
    {
        double[] ratios = Interleaved.Ratios(11, TimeDictionaryChurn, TimeStoreChurn, TimeMethodChurn);
        return
        [
            new("eviction, every access a miss, 2 threads : ConcurrentDictionary add and remove", ratios[1], Goal.AtMost(2)),
            new("the same through a cached method, with its load", ratios[2]),
        ];
    }

    private static TimeSpan TimeMethod(Func<ServerService, int, Server> call)
    {
        using var cache = Cache.Create(static options => options.LocalCapacity = 2 * Misses);
        var service = new ServerService(cache);
        return OfNewIds(id => call(service, id));
    }

    private static TimeSpan TimeMemoryCacheTasks()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        return OfNewIds(id => cache.GetOrCreateAsync($"server:{id}", entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1);
            return Task.FromResult(new Server(id, "a server"));
        }).GetAwaiter().GetResult()!);
    }

    private static TimeSpan TimeMemoryCache()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        return OfNewIds(id => cache.GetOrCreate($"server:{id}", entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1);
            return new Server(id, "a server");
        })!);
    }

    private static TimeSpan OfNewIds(Func<int, Server> get)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        long sum = 0;
        for (int id = 0; id < Misses; id++)
            sum += get(id).Id;
        var taken = Stopwatch.GetElapsedTime(start);
        return sum == Misses * (Misses - 1L) / 2 ? taken : throw new InvalidOperationException("Other servers were returned than were asked for.");
    }

    private static TimeSpan TimeDictionaryChurn()
    {
        var dictionary = new ConcurrentDictionary<int, Server>();
        return OnThreads(2, thread =>
        {
            int first = thread * ChurnPerThread;
            for (int i = 0; i < ChurnPerThread; i++)
            {
                dictionary.TryAdd(first + i, new Server(i, "a server"));
                dictionary.TryRemove(first + i - (ChurnCapacity / 2), out _);
            }
        });
    }

    private static TimeSpan TimeStoreChurn()
    {
        var store = new LocalStore<int, Server>(ChurnCapacity);
        return OnThreads(2, thread =>
        {
            int first = thread * ChurnPerThread;
            for (int id = first; id < first + ChurnPerThread; id++)
            {
                if (store.Find(id) is not null)
                    throw new InvalidOperationException("not a miss");
                lock (store.Gate)
                    store.Set(new(id, new Server(id, "a server"), long.MaxValue, 0));
            }
        });
    }

    private static TimeSpan TimeMethodChurn()
    {
        using var cache = Cache.Create(static options => options.LocalCapacity = ChurnCapacity);
        var service = new ServerService(cache);
        return OnThreads(2, thread =>
        {
            int first = thread * ChurnPerThread;
            for (int id = first; id < first + ChurnPerThread; id++)
                service.GetFastAsync(id).Wait();
        });
    }

    private static TimeSpan OnThreads(int count, Action<int> action)
    {
        using var start = new Barrier(count + 1);
        Thread[] threads =
        [
            .. Enumerable.Range(0, count).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                action(number);
            })),
        ];
        foreach (var thread in threads)
            thread.Start();
        GC.Collect();
        start.SignalAndWait();
        long began = Stopwatch.GetTimestamp();
        foreach (var thread in threads)
            thread.Join();
        return Stopwatch.GetElapsedTime(began);
    }
}
