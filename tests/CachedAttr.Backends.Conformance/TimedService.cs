namespace CachedAttr.Backends.Conformance;

/// <summary>A value and how its source would answer. The numbers of the methods are those of docs/freshness.md.</summary>
public sealed partial class TimedService(Cache cache)
{
    private int _loads;

    /// <summary>How often the source was asked.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>What the source does, with the number of the load.</summary>
    public Func<int, CancellationToken, Task<string?>> Source { get; set; } = static (load, _) => Task.FromResult<string?>("v" + load);

    /// <summary>Gone after ten seconds.</summary>
    [Cached("plain:{id}", Ttl = 10, NullTtl = 3)]
    public partial Task<string?> PlainAsync(int id);

    private Task<string?> PlainCoreAsync(int id) => LoadAsync();

    [Cached("revalidate:{id}", Ttl = 10, StaleWhileRevalidate = 20)]
    public partial Task<string?> RevalidateAsync(int id);

    private Task<string?> RevalidateCoreAsync(int id) => LoadAsync();

    [Cached("error:{id}", Ttl = 10, StaleIfError = 60)]
    public partial ValueTask<string?> ErrorAsync(int id);

    private async ValueTask<string?> ErrorCoreAsync(int id) => await LoadAsync();

    [Cached("ahead:{id}", Ttl = 10, RefreshAhead = 0.5)]
    public partial Task<string?> AheadAsync(int id);

    private Task<string?> AheadCoreAsync(int id) => LoadAsync();

    [Cached("jitter:{id}", Ttl = 100, Jitter = 0.5)]
    public partial Task<string?> JitterAsync(int id);

    private Task<string?> JitterCoreAsync(int id) => LoadAsync();

    [Cached("sliding:{id}", Ttl = 60, Sliding = 10)]
    public partial Task<string?> SlidingAsync(int id);

    private Task<string?> SlidingCoreAsync(int id) => LoadAsync();

    [Cached("hard:{id}", Ttl = 10, LoadTimeout = 2)]
    public partial Task<string?> HardAsync(int id, CancellationToken ct = default);

    private Task<string?> HardCoreAsync(int id, CancellationToken ct) => LoadAsync(ct);

    [Cached("soft:{id}", Ttl = 10, StaleIfError = 60, SoftTimeout = 1, LoadTimeout = 20)]
    public partial Task<string?> SoftAsync(int id);

    private Task<string?> SoftCoreAsync(int id) => LoadAsync();

    [Cached("feed:{id}", Ttl = 10, StaleIfError = 60)]
    public partial Task<string?> FeedAsync(int id);

    private async Task<string?> FeedCoreAsync(int id, CacheEntryContext<string?> entry)
    {
        if (entry.ETag == "\"1\"")
        {
            Interlocked.Increment(ref _loads);
            return entry.NotModified();
        }

        entry.ETag = "\"1\"";
        return await LoadAsync();
    }

    [Cached("tagged:{id}", Ttl = 10, StaleIfError = 60, Tags = ["tag:{id}"])]
    public partial Task<string?> TaggedAsync(int id);

    private Task<string?> TaggedCoreAsync(int id) => LoadAsync();

    [Cached("sync:revalidate:{id}", Ttl = 10, StaleWhileRevalidate = 20)]
    public partial string? RevalidateSync(int id);

    private string? RevalidateSyncCore(int id) => LoadAsync().GetAwaiter().GetResult();

    [Cached("sync:error:{id}", Ttl = 10, StaleIfError = 60)]
    public partial string? ErrorSync(int id);

    private string? ErrorSyncCore(int id) => LoadAsync().GetAwaiter().GetResult();

    [Cached("both:{id}", Ttl = 10, StaleIfError = 60, LoadTimeout = 2)]
    public partial Task<string?> HardOrStaleAsync(int id);

    private Task<string?> HardOrStaleCoreAsync(int id) => LoadAsync();

    [Cached("judged:{id}", Ttl = 10, When = nameof(IsCached), Unless = nameof(IsDraft))]
    public partial Task<string?> JudgedAsync(int id);

    private Task<string?> JudgedCoreAsync(int id) => LoadAsync();

    private static bool IsCached(int id) => id > 0;

    private static bool IsDraft(string? value) => value == "draft";

    /// <summary>Kept for as many seconds as its id says.</summary>
    [Cached("own:{id}", Ttl = 10)]
    public partial Task<string?> OwnTimeAsync(int id);

    private Task<string?> OwnTimeCoreAsync(int id, CacheEntryContext<string?> entry)
    {
        entry.Ttl = TimeSpan.FromSeconds(id);
        return LoadAsync();
    }

    [Cached("policy:{id}", Ttl = 10, Policy = "short")]
    public partial Task<string?> PolicyAsync(int id);

    private Task<string?> PolicyCoreAsync(int id) => LoadAsync();

    [Cached("local:{id}", Ttl = 10, Tiers = CacheTiers.Local)]
    public partial Task<string?> LocalAsync(int id);

    private Task<string?> LocalCoreAsync(int id) => LoadAsync();

    [Cached("backend:{id}", Ttl = 10, Tiers = CacheTiers.Backend)]
    public partial Task<string?> BackendAsync(int id);

    private Task<string?> BackendCoreAsync(int id) => LoadAsync();

    [Cached("locked:{id}", Ttl = 10, DistributedLock = true)]
    public partial Task<string?> LockedAsync(int id);

    private Task<string?> LockedCoreAsync(int id) => LoadAsync();

    [Cached("item:{id}", Ttl = 10)]
    public partial Task<string?> ItemAsync(int id);

    private Task<string?> ItemCoreAsync(int id) => LoadAsync();

    [Cached("item:{ids}", Ttl = 10)]
    public partial Task<IReadOnlyDictionary<int, string>> ItemsAsync(IReadOnlyCollection<int> ids);

    private async Task<IReadOnlyDictionary<int, string>> ItemsCoreAsync(IReadOnlyCollection<int> ids)
    {
        string value = await LoadAsync() ?? "";
        return ids.ToDictionary(id => id, _ => value);
    }

    [CachePut("item:{id}", Ttl = 5)]
    public partial Task<string?> PutItemAsync(int id, string? value);

    private static Task<string?> PutItemCoreAsync(int id, string? value) => Task.FromResult(value);

    [InvalidateCache("item:{ids}")]
    public partial Task TouchItemsAsync(IReadOnlyCollection<int> ids);

    private static Task TouchItemsCoreAsync(IReadOnlyCollection<int> ids) => Task.CompletedTask;

    private Task<string?> LoadAsync(CancellationToken ct = default) => Source(Interlocked.Increment(ref _loads), ct);
}
