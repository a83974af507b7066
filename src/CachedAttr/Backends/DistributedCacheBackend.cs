using System.Runtime.CompilerServices;
using CachedAttr.Keys;
using Microsoft.Extensions.Caching.Distributed;

namespace CachedAttr.Backends;

/// <summary>Makes a backend of any <see cref="IDistributedCache"/>, so that an existing provider can be used from the first day.</summary>
/// <remarks>
/// <para>
/// Such a cache has no step that checks and stores at once. All that one process does over one <see cref="IDistributedCache"/> object is in order, and there
/// every guard holds. Between processes two writes of the same key, or two invalidations, in the same moment may undo each other; a backend of its own has no
/// such gap. Locks are this process's, and a scan finds what this process has stored.
/// </para>
/// <para>The log is one entry, which every invalidation reads and writes: its cost grows with the number of records, not of entries. Thread-safe.</para>
/// </remarks>
public sealed class DistributedCacheBackend : ICacheBackend
{
    private static readonly ConditionalWeakTable<IDistributedCache, DistributedCacheState> States = new();

    private readonly BackendSettings _settings;
    private readonly DistributedStore _store;
    private readonly DistributedCacheState _state;
    private readonly string _logKey;

    /// <summary>Makes a backend.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="cache">The cache; not disposed with this.</param>
    public DistributedCacheBackend(BackendSettings settings, IDistributedCache cache)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(cache);
        _settings = settings;
        _store = new(cache, settings.TimeProvider);
        _state = States.GetValue(cache, static _ => new DistributedCacheState());
        _logKey = settings.KeyPrefix + "#log";
    }

    /// <inheritdoc/>
    public string Name => "distributed";

    private long Now => Microseconds.Of(_settings.TimeProvider.GetUtcNow());

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) => (await FindAsync(key, call).ConfigureAwait(false))?.Bytes;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        var entries = new ReadOnlyMemory<byte>?[keys.Count];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = await GetAsync(keys[i], call).ConfigureAwait(false);
        return entries;
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) => DoAsync(call, async () =>
    {
        EntryHeader.TryReadStamp(entry.Span, out long stamp, out _);
        if (stamp < Now - (long)_settings.MaxLoad.TotalMicroseconds)
            return false;
        if (await FindAsync(key, call).ConfigureAwait(false) is { } there && !EntryHeader.Admits(there.Bytes.Span, stamp))
            return false;
        await StoreAsync(key, entry, timeToLive, call).ConfigureAwait(false);
        return true;
    });

    /// <inheritdoc/>
    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        AppendAsync([new(InvalidationKind.Key, key)], after, call, position =>
        {
            byte[] bytes = entry.ToArray();
            EntryHeader.Restamp(bytes, position);
            return StoreAsync(key, bytes, timeToLive, call);
        });

    /// <inheritdoc/>
    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) => AppendAsync(what, after, call, put: null);

    /// <inheritdoc/>
    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) => DoAsync(call, async () =>
    {
        var log = await LoadLogAsync(call).ConfigureAwait(false);
        var page = log.Read(after, Now);
        await SaveLogAsync(log, call).ConfigureAwait(false);
        return page;
    });

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => DoAsync(call, async () =>
    {
        long removed = 0;
        foreach (string key in keys)
        {
            if (await FindAsync(key, call).ConfigureAwait(false) is not { IsTombstone: false })
                continue;
            await _store.RemoveAsync(BackendKey.Of(_settings.KeyPrefix, key), call).ConfigureAwait(false);
            removed++;
        }

        return removed;
    });

    /// <inheritdoc/>
    public async ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) =>
        await FindAsync(key, call).ConfigureAwait(false) is { IsTombstone: false } entry ? TimeSpan.FromMicroseconds(entry.Expires - Now) : null;

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) => DoAsync(call, async () =>
    {
        var there = await FindAsync(key, call).ConfigureAwait(false);
        byte[] counter = CounterEntry.Add(there?.Bytes, increment, key, out long value, out bool begins);
        await StoreAsync(key, counter, begins ? increment.TimeToLive : TimeSpan.FromMicroseconds(there!.Expires - Now), call).ConfigureAwait(false);
        return value;
    });

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string key in _state.KeysOf(_settings.KeyPrefix))
        {
            if (pattern.IsMatch(key) && await FindAsync(key, BackendCall.Async(cancellationToken)).ConfigureAwait(false) is { IsTombstone: false })
                yield return key;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) =>
        new(_state.Locks(_settings.TimeProvider).TryTake(_settings.KeyPrefix + name, expiry));

    /// <inheritdoc/>
    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => DoAsync(call, async () => new BackendStatus
    {
        Backend = Name,
        Location = _store.Description,
        LogRecords = (await LoadLogAsync(call).ConfigureAwait(false)).Count,
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<LogPage> AppendAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call, Func<LogPosition, ValueTask>? put) => DoAsync(call, async () =>
    {
        var log = await LoadLogAsync(call).ConfigureAwait(false);
        long sequence = 0;
        foreach (var one in what)
        {
            sequence = log.Append(one, Now);
            var position = new LogPosition(log.Epoch, sequence);
            if (put is not null)
                await put(position).ConfigureAwait(false);
            else if (one.Kind == InvalidationKind.Key)
                await StoreAsync(one.Text, EntryHeader.Tombstone(position), _settings.TombstoneTimeToLive, call).ConfigureAwait(false);
        }

        var page = log.Read(after, Now, sequence);
        await SaveLogAsync(log, call).ConfigureAwait(false);
        return page;
    });

    private async ValueTask<T> DoAsync<T>(BackendCall call, Func<ValueTask<T>> action)
    {
        call.CancellationToken.ThrowIfCancellationRequested();
        if (call.IsSynchronous)
            _state.Gate.Wait();
        else
            await _state.Gate.WaitAsync(call.CancellationToken).ConfigureAwait(false);
        try
        {
            return await action().ConfigureAwait(false);
        }
        finally
        {
            _state.Gate.Release();
        }
    }

    private ValueTask<StoredEntry?> FindAsync(string key, BackendCall call) => _store.ReadAsync(BackendKey.Of(_settings.KeyPrefix, key), call);

    private ValueTask StoreAsync(string key, ReadOnlyMemory<byte> bytes, TimeSpan timeToLive, BackendCall call)
    {
        _state.Remember(_settings.KeyPrefix, key);
        return _store.WriteAsync(BackendKey.Of(_settings.KeyPrefix, key), bytes, timeToLive, call);
    }

    private async ValueTask<BackendLog> LoadLogAsync(BackendCall call) =>
        LogSnapshot.Read((await _store.ReadAsync(_logKey, call).ConfigureAwait(false))?.Bytes, _settings) ?? new BackendLog(_settings, Now);

    // As long as any record may matter, and longer: when it goes, everything is dropped.
    private ValueTask SaveLogAsync(BackendLog log, BackendCall call) =>
        _store.WriteAsync(_logKey, LogSnapshot.Write(log), (_settings.MaxTimeToLive + _settings.MaxLoad) * 2, call);
}
