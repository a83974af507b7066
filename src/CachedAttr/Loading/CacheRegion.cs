using System.ComponentModel;
using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Keys;
using CachedAttr.Serialization;
using CachedAttr.Telemetry;

namespace CachedAttr.Loading;

/// <summary>The entries of one cached method, or those set by hand, in one <see cref="Cache"/>. What a string key needs of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CacheRegion
{
    private protected CacheRegion(Cache cache) => Cache = cache;

    /// <summary>The cache this belongs to.</summary>
    public Cache Cache { get; }

    /// <summary>The region's name: the method's.</summary>
    internal abstract string Name { get; }

    /// <summary>The type of the values.</summary>
    internal abstract Type ValueType { get; }

    internal abstract int Count { get; }

    /// <summary>What the region counts.</summary>
    internal abstract MethodTelemetry Telemetry { get; }

    /// <summary>What is known of a key's valid entry; <see langword="null"/> if it has none.</summary>
    internal abstract CacheEntryInfo? Describe(ReadOnlySpan<char> key, bool withValue);

    /// <summary>How many entries had to go for want of space.</summary>
    internal abstract long Evictions { get; }

    /// <summary>The method whose entries these are.</summary>
    internal abstract CachedMethod Method { get; }

    /// <summary>The numbers in force.</summary>
    internal abstract RegionSettings Settings { get; }

    /// <summary>How many loads are in progress.</summary>
    internal abstract int Loading { get; }

    /// <summary>Whether this is the region in which a key's entry is kept.</summary>
    internal abstract bool Owns(ReadOnlySpan<char> key);

    /// <summary>Takes note of a logged pattern: if it may concern a key of this region, entries with an older stamp are checked when they are read.</summary>
    internal abstract void Require(KeyPattern pattern, long sequence);

    /// <summary>Takes note of a logged tag: if entries of this region carry tags, those with an older stamp are checked when they are read.</summary>
    internal abstract void RequireTags(long sequence);

    /// <summary>Removes the entry of an exact key, and keeps a load of it that is in progress from being stored or joined.</summary>
    /// <param name="key">The key.</param>
    /// <param name="sequence">What has this stamp or a higher one stays.</param>
    /// <returns>Whether there was a valid entry.</returns>
    internal abstract bool Remove(ReadOnlySpan<char> key, long sequence);

    /// <summary>Removes all entries, and keeps loads in progress from being stored or joined.</summary>
    internal abstract void Drop();

    /// <summary>Removes the entries that a pattern matches and returns how many valid ones there were.</summary>
    internal abstract long Clear(KeyPattern pattern);

    /// <summary>Adds the keys of valid entries that a pattern matches.</summary>
    internal abstract void CollectKeys(KeyPattern pattern, ICollection<string> keys);

    /// <summary>The time to live that is left to a key's entry, or <see langword="null"/> if it has none.</summary>
    internal abstract TimeSpan? RemainingTtl(ReadOnlySpan<char> key);

    /// <summary>Adds to a counter, which begins at 0.</summary>
    internal abstract long Increment(ReadOnlySpan<char> key, long by, TimeSpan? ttl);

    /// <summary>A key's value, boxed where it has to be.</summary>
    internal abstract bool TryGetObject(ReadOnlySpan<char> key, out object? value);

    /// <summary>Removes what has expired.</summary>
    internal abstract void RemoveExpired();

    /// <summary>Takes over changed settings.</summary>
    internal abstract void Apply(CacheOptions options);

    /// <summary>Makes every further use throw.</summary>
    internal abstract void Close();
}

/// <summary>A region with values of a known type.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CacheRegion<TValue> : CacheRegion
{
    private protected CacheRegion(Cache cache)
        : base(cache)
    {
    }

    internal sealed override Type ValueType => typeof(TValue);

    internal abstract bool TryGet(ReadOnlySpan<char> key, out TValue value);

    /// <summary>How the values leave the process; null if they cannot.</summary>
    internal abstract ICacheSerializer<TValue>? Serializer { get; }

    /// <summary>How long a value set by hand is kept; zero: not at all.</summary>
    internal abstract TimeSpan TimeToLive(TValue value, TimeSpan? ttl);

    /// <summary>Looks in the local tier and then in the backend.</summary>
    internal abstract ValueTask<CacheLookup<TValue>> FindAsync(
        string key, ICacheSerializer<TValue>? serializer, BackendCall call, ScopeKind scope = ScopeKind.None, long localTtl = long.MaxValue);

    /// <summary>Looks for what the backend has been asked for already.</summary>
    internal abstract void TakeIn(string key, in Fetched<TValue> fetched, long localTtl = long.MaxValue);

    /// <summary>Sets a value by hand.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="ttl">Its time to live; null for the method's.</param>
    /// <param name="stamp">The number of the invalidation that the backend has made of it; null: it is made here.</param>
    /// <param name="notes">What is kept with it.</param>
    /// <param name="sliding">How long it lives here without a read; zero: as the method says.</param>
    internal abstract void Set(ReadOnlySpan<char> key, TValue value, TimeSpan? ttl, long? stamp, EntryNotes? notes, TimeSpan sliding = default);

    /// <summary>Stores what somebody else has loaded, unless something of it has been invalidated since that began.</summary>
    /// <returns>Ends when the backend has the value, or will not get it.</returns>
    internal abstract Task StoreLoaded(ReadOnlySpan<char> key, TValue value, LoadStart start, StoreRule rule, TimeSpan? ttl, ICacheSerializer<TValue>? serializer);

    /// <summary>How long a value is of use after its time to live.</summary>
    internal abstract TimeSpan StaleWindow { get; }

    internal abstract TValue GetOrLoad<TState>(
        ReadOnlySpan<char> key,
        TState state,
        Func<TState, CacheLoad<TValue>, TValue> load,
        Func<TState, TValue, StoreRule>? rule,
        TimeSpan? ttl,
        ICacheSerializer<TValue>? serializer);

    internal abstract Task<TValue> GetOrLoadAsync<TState>(
        ReadOnlySpan<char> key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken);

    internal Task<TValue> GetOrLoadAsync<TState>(
        ReadOnlySpan<char> key,
        TState state,
        Func<TState, CacheLoad<TValue>, ValueTask<TValue>> load,
        Func<TState, TValue, StoreRule>? rule,
        TimeSpan? ttl,
        ICacheSerializer<TValue>? serializer,
        CancellationToken cancellationToken) =>
        GetOrLoadAsync(
            key, new LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue>(state, load, rule, ttl, serializer), cancellationToken);
}
