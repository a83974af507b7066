using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CachedAttr.Coherence;
using CachedAttr.Invalidation;
using CachedAttr.Keys;
using CachedAttr.Local;
using CachedAttr.Telemetry;

namespace CachedAttr.Loading;

/// <summary>The entries of one cached method in one cache: what generated code calls.</summary>
/// <typeparam name="TKey">The typed key.</typeparam>
/// <typeparam name="TValue">The type of the result.</typeparam>
/// <remarks>
/// All members are safe for concurrent use. The lock of the local store also guards the loads in progress, so that "is it stored, and if not, who
/// loads it" and "this key is invalid now" are each one step.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class CacheRegion<TKey, TValue> : CacheRegion<TValue>
    where TKey : IEquatable<TKey>
{
    private const int StackChars = 256;

    private readonly CoarseClock _clock;
    private readonly LocalStore<TKey, TValue> _store;
    private readonly StripedCounter _hits;

    /// <summary>
    /// The stamp below which a hit is not one at once: <see cref="_concerning"/>, or <see cref="long.MaxValue"/> where every call has to ask the backend first,
    /// or a clock that is not the system's.
    /// </summary>
    private long _required;

    /// <summary>The stamp below which an entry has to be checked; <see cref="long.MaxValue"/> while the region is switched off or closed.</summary>
    private long _concerning;

    private readonly CachedMethod<TKey, TValue> _method;
    private readonly InvalidationLog _log;
    private readonly Dictionary<TKey, Flight<TKey, TValue>> _flights = [];
    private readonly BackendTier? _tier;
    private RegionSettings _settings;
    private long _lastConcerning;
    private bool _hasTags;

    /// <summary>Until when nothing is refreshed after a failure; for regions that keep no entries here which could remember it.</summary>
    private long _retryAt = long.MinValue;
    private int _refreshing;

    internal CacheRegion(Cache cache, CachedMethod<TKey, TValue> method, CacheOptions options)
        : base(cache)
    {
        _method = method;
        _clock = cache.Clock;
        _log = cache.Log;
        _settings = Resolve(options);
        RegionSettings.LogWhatCannotBeFollowed(options, method, cache.Logger);
        _store = new LocalStore<TKey, TValue>(_settings.Capacity);
        _tier = cache.Backend;
        _hits = cache.Regions.CreateHitCounter();
        Telemetry = new(_hits);
        Require(0);
    }

    private RegionSettings Resolve(CacheOptions options)
    {
        var settings = RegionSettings.Resolve(options, _method, Cache.Backend is not null);
        return Cache.IsSwitchedOff ? settings with { Enabled = false } : settings;
    }

    /// <summary>Looks for a valid value in the local tier. A miss is only a hint; loading looks again.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is one. No lock is taken and nothing allocated.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var entry = _store.Find(key);
        if (entry is null || !IsFresh(entry))
        {
            value = default;
            return false;
        }

        entry.Touch();
        _hits.Increment();
        value = entry.Value;
        return true;
    }

    /// <summary>Like <see cref="TryGet(TKey, out TValue)"/>, with the value as a completed task that is made once an entry.</summary>
    /// <param name="key">The key.</param>
    /// <param name="task">The completed task.</param>
    /// <returns>Whether there is a valid value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetTask(TKey key, [NotNullWhen(true)] out Task<TValue>? task)
    {
        var entry = _store.Find(key);
        if (entry is null || !IsFresh(entry))
        {
            task = null;
            return false;
        }

        entry.Touch();
        _hits.Increment();
        task = entry.AsTask();
        return true;
    }

    // What loads is kept out of line: its locals would be made room for, and cleared, by every hit of the generated method that calls it.

    /// <summary>
    /// Loads a value that the local tier did not have, once for all callers that ask for the same key at the same time, and stores it.
    /// </summary>
    /// <typeparam name="TState">What the loader needs.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="state">Passed to <paramref name="load"/> and <paramref name="rule"/>.</param>
    /// <param name="load">Loads. Its token is cancelled when no caller waits any more.</param>
    /// <param name="rule">Whether the value is stored, and with which tags; <see langword="null"/>: it is, without any.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the load.</param>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Task<TValue> LoadAsync<TState>(
        TKey key, TState state, Func<TState, CacheLoad<TValue>, ValueTask<TValue>> load, Func<TState, TValue, StoreRule>? rule, CancellationToken cancellationToken) =>
        LoadCoreAsync(key, new LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue>(state, load, rule, Ttl: null, Serializer), cancellationToken);

    /// <inheritdoc cref="LoadAsync{TState}(TKey, TState, Func{TState, CacheLoad{TValue}, ValueTask{TValue}}, Func{TState, TValue, StoreRule}?, CancellationToken)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Task<TValue> LoadAsync<TState>(
        TKey key, TState state, Func<TState, CacheLoad<TValue>, ValueTask<TValue>> load, CancellationToken cancellationToken = default) =>
        LoadAsync(key, state, load, rule: null, cancellationToken);

    /// <summary>The same for methods that return <see cref="ValueTask{TResult}"/>.</summary>
    /// <inheritdoc cref="LoadAsync{TState}(TKey, TState, Func{TState, CacheLoad{TValue}, ValueTask{TValue}}, Func{TState, TValue, StoreRule}?, CancellationToken)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask<TValue> LoadValueAsync<TState>(
        TKey key, TState state, Func<TState, CacheLoad<TValue>, ValueTask<TValue>> load, Func<TState, TValue, StoreRule>? rule, CancellationToken cancellationToken) =>
        new(LoadAsync(key, state, load, rule, cancellationToken));

    /// <inheritdoc cref="LoadValueAsync{TState}(TKey, TState, Func{TState, CacheLoad{TValue}, ValueTask{TValue}}, Func{TState, TValue, StoreRule}?, CancellationToken)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask<TValue> LoadValueAsync<TState>(
        TKey key, TState state, Func<TState, CacheLoad<TValue>, ValueTask<TValue>> load, CancellationToken cancellationToken = default) =>
        new(LoadAsync(key, state, load, rule: null, cancellationToken));

    /// <summary>
    /// Loads without tasks: other threads that ask for the same key block until this one has loaded. A thread that asks for a key while it loads
    /// that same key itself loads again, because waiting would never end.
    /// </summary>
    /// <inheritdoc cref="LoadAsync{TState}(TKey, TState, Func{TState, CacheLoad{TValue}, ValueTask{TValue}}, Func{TState, TValue, StoreRule}?, CancellationToken)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public TValue Load<TState>(TKey key, TState state, Func<TState, CacheLoad<TValue>, TValue> load, Func<TState, TValue, StoreRule>? rule = null) =>
        LoadCore(key, new LoadRequest<TState, Func<TState, CacheLoad<TValue>, TValue>, TValue>(state, load, rule, Ttl: null, Serializer));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsFresh(LocalEntry<TKey, TValue> entry) =>
        entry.PromptUntil > CoarseClock.HitNow && entry.Stamp >= Volatile.Read(ref _required);

    /// <summary>The exact answer of the local tier: an entry that is behind the log is checked against it, once for each invalidation that may concern it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="oldest">How old it may be.</param>
    private LocalEntry<TKey, TValue>? FindValid(TKey key, EntryAge oldest = EntryAge.Due)
    {
        var entry = _store.Find(key);
        return entry is not null && IsValid(entry, oldest) ? entry : null;
    }

    private bool IsValid(LocalEntry<TKey, TValue> entry, EntryAge oldest = EntryAge.Due)
    {
        if (entry.AgeAt(_clock.Now) > oldest)
            return false;

        // Read before the log: everything up to it that concerns this region is in the log by then (see Require), so the stamp may be raised to it.
        long required = Volatile.Read(ref _concerning);
        if (entry.Stamp >= required)
            return true;
        if (required == long.MaxValue || IsInvalidated(entry.Key, entry.Stamp) || _log.AreTagsInvalidated(entry.Tags, entry.Stamp))
            return false;
        entry.Stamp = required;
        return true;
    }

    /// <summary>Sets what a hit requires, under the lock.</summary>
    private void Require(long sequence)
    {
        _lastConcerning = sequence;
        long concerning = _settings.Enabled && !Cache.IsDisposed ? sequence : long.MaxValue;
        Volatile.Write(ref _concerning, concerning);
        Volatile.Write(ref _required, IsStrict || !_clock.IsSystem ? long.MaxValue : concerning);
    }

    private bool IsInvalidated(TKey key, long stamp)
    {
        var writer = new KeyWriter(stackalloc char[StackChars]);
        try
        {
            _method.Codec.Write(ref writer, key);
            return _log.IsInvalidated(writer.Written, stamp);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
