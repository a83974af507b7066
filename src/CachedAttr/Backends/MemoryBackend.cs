using System.Runtime.CompilerServices;
using CachedAttr.Keys;
using Microsoft.Extensions.Caching.Memory;

namespace CachedAttr.Backends;

/// <summary>
/// A backend in this process's memory, bounded in bytes: what takes over while another backend is away, and what tests run on. It keeps bytes, as every
/// backend does; the local tier, which keeps objects, is in front of it.
/// </summary>
/// <remarks>Thread-safe. Writes are under one lock, so that a check and the store that depends on it are one step; reads are not.</remarks>
public sealed class MemoryBackend : ICacheBackend
{
    /// <summary>How many bytes of keys and entries are kept unless the constructor is told otherwise: 64 MB.</summary>
    public const long DefaultMaxBytes = 64 * 1024 * 1024;

    // What an entry costs besides its key and its bytes, about.
    private const int Overhead = 200;

    private readonly BackendSettings _settings;
    private readonly long _maxBytes;
    private readonly MemoryCache _entries;
    private readonly BackendLog _log;
    private readonly MemoryLocks _locks;
    private readonly LogWatchers _watchers = new();
    private readonly Lock _gate = new();

    /// <summary>Makes an empty one.</summary>
    /// <param name="settings">The settings; <see langword="null"/>: the defaults.</param>
    /// <param name="maxBytes">How many bytes of keys and entries are kept, about; the least recently used go first.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is not positive.</exception>
    public MemoryBackend(BackendSettings? settings = null, long maxBytes = DefaultMaxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _settings = settings ?? new();
        _maxBytes = maxBytes;
        _entries = new(new MemoryCacheOptions { SizeLimit = maxBytes, TrackStatistics = true, Clock = new ProviderClock(_settings.TimeProvider) });
        _log = new(_settings, Now);
        _locks = new(_settings.TimeProvider);
    }

    /// <inheritdoc/>
    public string Name => "memory";

    private long Now => Microseconds.Of(_settings.TimeProvider.GetUtcNow());

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) =>
        call.CancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<ReadOnlyMemory<byte>?>(call.CancellationToken) : new(Find(key)?.Bytes);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        call.CancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<ReadOnlyMemory<byte>?>>(call.CancellationToken)
            : new([.. keys.Select(key => Find(key)?.Bytes)]);

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) => Do(call, () =>
    {
        EntryHeader.TryReadStamp(entry.Span, out long stamp, out _);
        bool tooOld = stamp < Now - (long)_settings.MaxLoad.TotalMicroseconds;
        if (tooOld || (Find(key) is { } there && !EntryHeader.Admits(there.Bytes.Span, stamp)))
            return false;
        Store(key, entry.ToArray(), timeToLive);
        return true;
    });

    /// <inheritdoc/>
    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) => Do(call, () =>
    {
        long before = _log.Last;
        long sequence = _log.Append(new(InvalidationKind.Key, key), Now);
        byte[] bytes = entry.ToArray();
        EntryHeader.Restamp(bytes, new(_log.Epoch, sequence));
        Store(key, bytes, timeToLive);
        return Appended(before, sequence, after);
    });

    /// <inheritdoc/>
    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) => Do(call, () =>
    {
        long before = _log.Last, sequence = 0;
        foreach (var one in what)
        {
            sequence = _log.Append(one, Now);
            if (one.Kind == InvalidationKind.Key)
                Store(one.Text, EntryHeader.Tombstone(new(_log.Epoch, sequence)), _settings.TombstoneTimeToLive);
        }

        return Appended(before, sequence, after);
    });

    /// <inheritdoc/>
    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) => Do(call, () => _log.Read(after, Now));

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) => new(_watchers.Add(watcher));

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => Do(call, () =>
    {
        long removed = 0;
        foreach (string key in keys)
        {
            if (Find(key) is not { IsTombstone: false })
                continue;
            _entries.Remove(key);
            removed++;
        }

        return removed;
    });

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) =>
        Do(call, () => Find(key) is { IsTombstone: false } entry ? entry.Expires - _settings.TimeProvider.GetUtcNow() : (TimeSpan?)null);

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) => Do(call, () =>
    {
        var there = Find(key);
        byte[] counter = CounterEntry.Add(there?.Bytes, increment, key, out long value, out bool begins);
        Store(key, counter, begins ? increment.TimeToLive : there!.Expires - _settings.TimeProvider.GetUtcNow());
        return value;
    });

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string key in _entries.Keys.Cast<string>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pattern.IsMatch(key) && Find(key) is { IsTombstone: false })
                yield return key;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) => Do(call, () => _locks.TryTake(name, expiry));

    /// <inheritdoc/>
    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => Do(call, () => new BackendStatus
    {
        Backend = Name,
        Location = "this process",
        UsedBytes = _entries.GetCurrentStatistics()?.CurrentEstimatedSize,
        MaxBytes = _maxBytes,
        Entries = _entries.Count,
        EvictionPolicy = "least recently used",
        LogRecords = _log.Count,
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _entries.Dispose();
        return ValueTask.CompletedTask;
    }

    private ValueTask<T> Do<T>(BackendCall call, Func<T> action)
    {
        if (call.CancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(call.CancellationToken);
        lock (_gate)
            return new(action());
    }

    private Entry? Find(string key) => _entries.TryGetValue(key, out Entry? entry) ? entry : null;

    private void Store(string key, byte[] bytes, TimeSpan timeToLive)
    {
        var expires = _settings.TimeProvider.GetUtcNow() + timeToLive;
        var entry = new Entry(bytes, expires);
        var options = new MemoryCacheEntryOptions { AbsoluteExpiration = expires, Size = Overhead + (2L * key.Length) + bytes.Length };
        if (entry.IsTombstone)
        {
            // A tombstone that is evicted, or not taken in for want of space, could not keep anything out. They go by themselves, soon.
            options.Size = 0;
            options.Priority = CacheItemPriority.NeverRemove;
        }

        _entries.Set(key, entry, options);
    }

    private LogPage Appended(long before, long sequence, LogPosition after)
    {
        _watchers.Appended(_log.Read(new(_log.Epoch, before), Now) with { After = before, UpTo = sequence });
        return _log.Read(after, Now, sequence);
    }

    private sealed record Entry(ReadOnlyMemory<byte> Bytes, DateTimeOffset Expires)
    {
        public bool IsTombstone => EntryHeader.TryReadStamp(Bytes.Span, out _, out var flags) && (flags & EntryFlags.Tombstone) != EntryFlags.None;
    }

    private sealed class ProviderClock(TimeProvider provider) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => provider.GetUtcNow();
    }
}
