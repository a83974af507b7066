using CachedAttr.Keys;

namespace CachedAttr.Backends;

/// <summary>
/// A store outside of the process, or one that behaves like it: bytes by key, and the invalidation log that all processes with the same prefix share.
/// </summary>
/// <remarks>
/// <para>Implementations are safe for concurrent use. They throw whatever their client throws: time limits, the circuit breaker and the fallback are put around them.</para>
/// <para>
/// Keys are those of the cache, in full; a backend puts its prefix in front and shortens them (<see cref="BackendKey"/>). Entries begin with an
/// <see cref="EntryHeader"/>. The rules that a backend has to keep are in docs/backends.md; the suite in tests/CachedAttr.Backends.Conformance checks them.
/// New members will have default implementations.
/// </para>
/// </remarks>
public interface ICacheBackend : IAsyncDisposable
{
    /// <summary>What logs and metrics call it: <c>memory</c>, <c>redis</c>.</summary>
    string Name { get; }

    /// <summary>The bytes under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>The bytes, a tombstone's as well; <see langword="null"/> if there are none, or their time is over. The caller does not change them.</returns>
    ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call);

    /// <summary>The bytes under several keys, in one round trip where that is possible.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>The bytes in the order of the keys.</returns>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call);

    /// <summary>
    /// Stores what was loaded, in one step with these checks: it is refused if an entry or a tombstone with a higher stamp is there, and if its own stamp is
    /// older than <see cref="BackendSettings.MaxLoad"/> by the backend's clock.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The bytes; valid until the call has ended.</param>
    /// <param name="timeToLive">How long they are kept; positive.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>Whether they were stored.</returns>
    ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call);

    /// <summary>
    /// Stores what was set by hand: an exact invalidation, and a store with its sequence number as the stamp, in one step. Nothing that was loaded earlier
    /// can overwrite it, and every process drops its copy.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The bytes; the backend replaces the stamp and the epoch in them.</param>
    /// <param name="timeToLive">How long they are kept; positive.</param>
    /// <param name="after">Up to where the caller has followed the log.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>What the log has from there on, with the new record.</returns>
    ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call);

    /// <summary>
    /// Appends to the log; an exact key's entry is replaced by a tombstone with the record's sequence number, which lives longer than
    /// <see cref="BackendSettings.MaxLoad"/>. Nobody sees the record without the tombstone, and the cost does not depend on the number of entries.
    /// </summary>
    /// <param name="what">What is invalid; at least one.</param>
    /// <param name="after">Up to where the caller has followed the log.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>What the log has from there on, with the new records.</returns>
    ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call);

    /// <summary>What the log has after a position, and how far that reaches: to the backend's present, even if nothing was appended.</summary>
    /// <param name="after">Up to where the caller has followed the log; <see cref="LogPosition.None"/> for who has not begun.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>The page.</returns>
    ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call);

    /// <summary>
    /// The bytes under a key, and whether the log has anything after a position, in one round trip: what is asked before every read with
    /// <see cref="CacheCoherence.Strict"/>.
    /// </summary>
    /// <param name="key">The key; <see langword="null"/>: only the log is asked for.</param>
    /// <param name="position">Up to where the caller has followed the log.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>Both; <see langword="null"/> if this backend has nothing that is cheaper than reading the log, as here, or does not know.</returns>
    ValueTask<CheckedEntry?> GetCheckedAsync(string? key, LogPosition position, BackendCall call) => new((CheckedEntry?)null);

    /// <summary>Tells of new records as they come, where the backend can. Who watches reads the log from time to time all the same.</summary>
    /// <param name="watcher">Is told, from any thread and one at a time.</param>
    /// <param name="cancellationToken">Ends the wait for the subscription.</param>
    /// <returns>Ends the subscription; <see langword="null"/> if this backend cannot tell.</returns>
    ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken);

    /// <summary>Removes entries physically. It is no invalidation: a load in progress may store again.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>How many entries there were, tombstones not counted.</returns>
    ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call);

    /// <summary>How long an entry is still kept.</summary>
    /// <param name="key">The key.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>The time; <see langword="null"/> if there is no entry, or only a tombstone.</returns>
    ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call);

    /// <summary>Whether there is an entry; tombstones are none. Whether it is still valid, the log has to say.</summary>
    /// <param name="key">The key.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>Whether there is one.</returns>
    async ValueTask<bool> ExistsAsync(string key, BackendCall call) => await GetTimeToLiveAsync(key, call).ConfigureAwait(false) is not null;

    /// <summary>Adds to a counter in one step; see <see cref="CounterEntry"/> for its bytes.</summary>
    /// <param name="key">The key.</param>
    /// <param name="increment">What to add, and what counts as no counter.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="OverflowException">The sum is beyond <see cref="CounterEntry.MaxValue"/>, or below its negative. The counter is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The entry is not a whole number.</exception>
    ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call);

    /// <summary>The keys of entries that a pattern matches, tombstones left out. It looks at all keys: for tools, not for requests.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The keys, each at least once if it was there all the time; shortened ones as they are stored.</returns>
    IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, CancellationToken cancellationToken);

    /// <summary>Takes a lock that one process holds at a time.</summary>
    /// <param name="name">What is locked; not in conflict with keys.</param>
    /// <param name="expiry">When the lock is free again if its holder does not renew it.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>The lock, or <see langword="null"/> if another holds it.</returns>
    ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call);

    /// <summary>What there is to know of the backend. It costs a round trip or two and scans nothing.</summary>
    /// <param name="call">How the method is called.</param>
    /// <returns>The status.</returns>
    ValueTask<BackendStatus> GetStatusAsync(BackendCall call);
}
