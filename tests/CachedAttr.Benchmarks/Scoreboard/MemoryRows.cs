using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>What the local tier costs in memory.</summary>
internal static class MemoryRows
{
    private const int Entries = 1_000_000;
    private const int Calls = 1_000;

    /// <summary>Bytes an entry, its value not counted.</summary>
    public static IEnumerable<Score> Entry()
    {
        // What has to be there before the first entry is made by this.
        using (var cache = Cache.Create())
            Touch(new ServerService(cache), 0);
        double value = PerEntry(static () => new Server[Entries], static (servers, id) => servers[id] = new Server(id, "a server")) - IntPtr.Size;
        double dictionary = PerEntry(static () => new ConcurrentDictionary<int, Server>(), static (servers, id) => servers[id] = new Server(id, "a server")) - value;
        double memoryCache = PerEntry(static () => new MemoryCache(new MemoryCacheOptions()), static (servers, id) => servers.Set($"server:{id}", new Server(id, "a server"), TimeSpan.FromHours(1))) - value;
        double sync = PerEntry(NewCache, static (cache, id) => new ServerService(cache).Get(id)) - value;
        double valueTask = PerEntry(NewCache, static (cache, id) => new ServerService(cache).GetFastAsync(id).Wait()) - value;
        double task = PerEntry(NewCache, static (cache, id) => new ServerService(cache).GetAsync(id).GetAwaiter().GetResult()) - value;
        double taskRead = PerEntry(NewCache, static (cache, id) =>
        {
            var service = new ServerService(cache);
            service.GetAsync(id).GetAwaiter().GetResult();
            service.GetAsync(id).GetAwaiter().GetResult();
        }) - value;
        return
        [
            Of("sync", sync, dictionary, Goal.AtMost(2.3)),
            Of("ValueTask", valueTask, dictionary, Goal.AtMost(2.3)),
            Of("Task", task, dictionary, Goal.AtMost(2.5)),
            Of("Task, after its first hit, which makes the task", taskRead, dictionary, null),
            new("memory of an entry, int key, the largest kind : MemoryCache, interpolated key", Math.Max(sync, Math.Max(valueTask, task)) / memoryCache, Goal.AtMost(0.6)) { Note = Bytes(memoryCache) },
        ];
    }

    /// <summary>Bytes that 1,000 hits allocate, for each kind of method and of key.</summary>
    public static IEnumerable<Score> Hit()
    {
        using var cache = Cache.Create();
        var service = new ScalarService(cache);
        (string Name, Action Call)[] calls =
        [
            ("sync", () => service.OfInt(7)),
            ("Task", () => service.OfIntAsync(7).GetAwaiter().GetResult()),
            ("ValueTask", () => service.OfIntFastAsync(7).Wait()),
            ("long", () => service.OfLong(7)),
            ("string", () => service.OfString("seven")),
            ("bool", () => service.OfBool(true)),
            ("char", () => service.OfChar('7')),
            ("double", () => service.OfDouble(0.7)),
            ("decimal", () => service.OfDecimal(0.7m)),
            ("Guid", () => service.OfGuid(Guid.AllBitsSet)),
            ("enum", () => service.OfEnum(DayOfWeek.Friday)),
            ("DateTime", () => service.OfDateTime(DateTime.UnixEpoch)),
            ("DateTimeOffset", () => service.OfDateTimeOffset(DateTimeOffset.UnixEpoch)),
            ("DateOnly", () => service.OfDateOnly(DateOnly.MinValue)),
            ("TimeSpan", () => service.OfTimeSpan(TimeSpan.FromHours(7))),
            ("int?", () => service.OfNullable(null)),
            ("several", () => service.OfSeveral("seven", 7, DayOfWeek.Friday)),
        ];
        long[] bytes = [.. calls.Select(call => Allocated(call.Call))];
        return
        [
            new("bytes allocated by 1,000 local hits, every kind of method and scalar key", bytes.Max(), Goal.AtMost(0))
            {
                Note = string.Join(", ", calls.Zip(bytes).Where(static pair => pair.Second > 0).Select(static pair => FormattableString.Invariant($"{pair.First.Name} {pair.Second}"))),
            },
        ];
    }

    private static void Touch(ServerService service, int id)
    {
        service.Get(id);
        service.GetFastAsync(id).Wait();
        service.GetAsync(id).GetAwaiter().GetResult();
    }

    private static Cache NewCache() => Cache.Create(static options => options.LocalCapacity = 2 * Entries);

    private static Score Of(string kind, double bytes, double dictionary, Goal? goal) =>
        new($"memory of an entry, int key, {kind} : ConcurrentDictionary", bytes / dictionary, goal) { Note = $"{Bytes(bytes)} : {Bytes(dictionary)}" };

    private static string Bytes(double bytes) => bytes.ToString("F0", CultureInfo.InvariantCulture) + " B";

    private static double PerEntry<T>(Func<T> create, Action<T, int> add)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var filled = create();
        for (int id = 0; id < Entries; id++)
            add(filled, id);
        double bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Entries;
        GC.KeepAlive(filled);
        (filled as IDisposable)?.Dispose();
        return bytes;
    }

    private static long Allocated(Action call)
    {
        for (int i = 0; i < Calls; i++)
            call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
