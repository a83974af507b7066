using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Invalidation;
using CachedAttr.Serialization;
using CachedAttr.Telemetry;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Coherence;

/// <summary>The second tier of a cache: its backend, seen from this process.</summary>
/// <remarks>
/// What a backend holds is used only if the log says that it is valid: it is of the epoch that is followed, and no record that is known here is newer than its
/// stamp and concerns its key. Stamps of this process's own log have extra bits (<see cref="InvalidationLog.ExtraBits"/>), which are cut off on the
/// way out: older is safe. Thread-safe.
/// </remarks>
internal sealed class BackendTier : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(160);

    private readonly Cache _cache;
    private readonly ResilientBackend _backend;
    private readonly SharedEntries _entries;
    private readonly BackgroundWork _stores = new();
    private readonly LogAppender _appender;
    private readonly ITimer _heartbeat;
    private readonly TimeSpan _tombstone;
    private IAsyncDisposable? _subscription;
    private int _subscribed;

    public BackendTier(Cache cache, ResilientBackend backend, CacheOptions options)
    {
        _cache = cache;
        _backend = backend;
        IsStrict = options.Coherence == CacheCoherence.Strict;
        Follower = new(backend, cache.Log, cache.Regions, options.TimeProvider);
        Serializers = new(cache, options);
        _entries = new(cache, Follower, new(options.MaxEntrySize, options.CompressAbove));
        _appender = new(cache, backend, Follower, options.TimeProvider);
        _tombstone = new BackendSettings { MaxLoad = TimeSpan.FromSeconds(options.MaxLoad) }.TombstoneTimeToLive;
        var interval = TimeSpan.FromSeconds(options.HeartbeatInterval);
        _heartbeat = options.TimeProvider.CreateTimer(Beat, new WeakReference<BackendTier>(this), interval, interval);
    }

    public LogFollower Follower { get; }

    public SerializerTable Serializers { get; }

    public ICacheBackend Backend => _backend;

    public ResilientBackend Resilient => _backend;

    public bool IsTrusted => _backend.IsTrusted;

    /// <summary>Whether every read of this process is checked against the log's present.</summary>
    public bool IsStrict { get; }

    /// <summary>Whether a load may begin without <see cref="UpdateAsync"/>: its stamp is of the log that is followed.</summary>
    public bool IsUpToDate => !IsStrict && Follower.Epoch != 0;

    /// <summary>Whether something is on its way to the backend that nobody waits for.</summary>
    public bool IsWriting => _stores.IsRunning;

    /// <summary>How many entries were damaged, or of another shape.</summary>
    public long Unreadable => _entries.Unreadable;

    /// <summary>How many values were not stored because they were too large, or could not be written.</summary>
    public long Refused => _entries.Refused;

    /// <summary>Whether there is something to read from; the log is read first if it never was.</summary>
    public ValueTask<bool> IsReadyAsync(BackendCall call) => Follower.Epoch != 0 ? new(true) : UpdateAsync(call);

    /// <summary>Looks for a valid value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="serializer">Reads it.</param>
    /// <param name="call">How the method is called.</param>
    /// <param name="entry">What the backend has, if it has been asked already.</param>
    public async ValueTask<Fetched<T>> FetchAsync<T>(string key, ICacheSerializer<T> serializer, BackendCall call, EntryRead? entry = null)
    {
        if (!await IsReadyAsync(call).ConfigureAwait(false))
            return default;
        var asked = entry?.Asked ?? Follower.Ask();
        var found = entry is { } read ? await read.Bytes.ConfigureAwait(false) : await _backend.GetAsync(key, call).ConfigureAwait(false);
        return found is { } bytes ? Judge(key, bytes, serializer, asked) : default;
    }

    /// <summary>The value of an entry that the backend had, if it is valid.</summary>
    public Fetched<T> Judge<T>(string key, ReadOnlyMemory<byte> entry, ICacheSerializer<T> serializer, LogFollower.Question asked) => _entries.Read(key, entry, serializer, asked);

    /// <summary>Looks for the valid values of several keys, in one round trip where the backend can.</summary>
    public async ValueTask<FetchedMany<T>> FetchManyAsync<T>(IReadOnlyList<string> keys, ICacheSerializer<T> serializer, BackendCall call)
    {
        if (!await IsReadyAsync(call).ConfigureAwait(false))
            return new(this, keys, entries: null, serializer, default);
        var asked = Follower.Ask();
        return new(this, keys, await _backend.GetManyAsync(keys, call).ConfigureAwait(false), serializer, asked);
    }

    /// <summary>How long a valid entry is still served; <see langword="null"/> if there is none.</summary>
    public async ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call)
    {
        if (!await IsReadyAsync(call).ConfigureAwait(false) || await _backend.GetAsync(key, call).ConfigureAwait(false) is not { } bytes)
            return null;
        if (!_entries.IsValid(key, bytes, out var header, out _))
            return null;
        long left = header.SoftExpiry - Follower.Now;
        return header.SoftExpiry > 0
            ? left > 0 ? TimeSpan.FromMicroseconds(left) : null
            : await _backend.GetTimeToLiveAsync(key, call).ConfigureAwait(false);
    }

    /// <summary>What is known of a valid entry; <see langword="null"/> if there is none.</summary>
    public async ValueTask<CacheEntryInfo?> DescribeAsync(string key, bool withValue, BackendCall call)
    {
        if (!await IsReadyAsync(call).ConfigureAwait(false) || await _backend.GetAsync(key, call).ConfigureAwait(false) is not { } bytes)
            return null;
        if (!_entries.IsValid(key, bytes, out var header, out _))
            return null;
        long now = Follower.Now;
        return new CacheEntryInfo
        {
            Key = key,
            Method = "",
            Tiers = CacheTiers.Backend,
            Age = TimeSpan.FromMicroseconds(Math.Max(0, now - header.Created)),
            Remaining = header.SoftExpiry > 0
                ? TimeSpan.FromMicroseconds(header.SoftExpiry - now)
                : await _backend.GetTimeToLiveAsync(key, call).ConfigureAwait(false),
            Stamp = header.Stamp,
            Size = bytes.Length,
            Json = withValue ? EntryJson.Write(bytes, indented: true) : null,
        };
    }

    /// <summary>Stores a loaded value. It is written before this returns, because its owner may change it later, and sent in the background.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="serializer">Writes it.</param>
    /// <param name="position">The log's epoch and the load's stamp, in this process's numbers.</param>
    /// <param name="lifetime">How long it is served, and kept.</param>
    /// <param name="notes">What is kept with it.</param>
    /// <param name="counted">Learns how large it is, if it is a method's.</param>
    /// <returns>Ends when it has been sent, or given up; never fails.</returns>
    public Task Store<T>(string key, T value, ICacheSerializer<T> serializer, LogPosition position, EntryLifetime lifetime, EntryNotes? notes, MethodTelemetry? counted = null)
    {
        if (position.Epoch == 0 && _backend.IsTrusted)
            return Task.CompletedTask; // the log was lost while this was loaded
        if (_entries.Write(key, value, serializer, Wire(position), lifetime.TimeToLive, EntryFlags.None, notes) is not { } entry)
            return Task.CompletedTask;
        counted?.Stored(entry.Length);
        return _stores.Run(() => _backend.SetAsync(key, entry, lifetime.Kept, BackendCall.Async()));
    }

    /// <summary>Removes an entry physically, in the background. Whoever wants it loads it again.</summary>
    /// <returns>Ends when it is done, or given up; never fails.</returns>
    public Task Remove(string key) => _stores.Run(async () => await _backend.RemoveAsync([key], BackendCall.Async()).ConfigureAwait(false) > 0);

    /// <summary>Waits until this process may load a key alone, or another has loaded it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="serializer">Reads what the other has stored.</param>
    /// <param name="call">How the method is called.</param>
    /// <param name="use">Uses what is there, if it is good enough.</param>
    /// <returns>
    /// What another has loaded; or the lock; or neither, if the backend cannot be used or the wait takes longer than a load may: the caller loads then.
    /// </returns>
    public async ValueTask<(Fetched<T> Fetched, LoadLock? Lock)> LockAsync<T>(string key, ICacheSerializer<T> serializer, BackendCall call, Func<Fetched<T>, bool> use)
    {
        var time = _cache.Options.TimeProvider;
        long began = time.GetTimestamp();
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            var held = await _backend.TryLockAsync(key, LoadLock.Expiry, call).ConfigureAwait(false);

            // Looked at again with the lock: another may have stored it since, and released the lock.
            Fetched<T> fetched;
            bool isUsed = true;
            try
            {
                fetched = await FetchAsync(key, serializer, call).ConfigureAwait(false);
                isUsed = use(fetched);
            }
            finally
            {
                if (isUsed && held is not null)
                    await held.ReleaseAsync(call with { CancellationToken = CancellationToken.None }).ConfigureAwait(false); // used, or failed
            }

            if (isUsed)
                return (fetched, null);
            if (held is not null)
                return (fetched, new LoadLock(held, time));
            if (!_backend.IsTrusted || time.GetElapsedTime(began) > TimeSpan.FromSeconds(_cache.Options.MaxLoad))
                return (fetched, null);
            var waiting = Task.Delay(pause, time, call.CancellationToken);
            if (call.IsSynchronous)
                waiting.GetAwaiter().GetResult();
            else
                await waiting.ConfigureAwait(false);
        }
    }

    /// <summary>Stores a value set by hand: in one step with the invalidation of what was there.</summary>
    /// <returns>Its stamp, in this process's numbers.</returns>
    public async ValueTask<long> PutAsync<T>(
        string key, T value, ICacheSerializer<T> serializer, EntryLifetime lifetime, EntryFlags flags, EntryNotes? notes, BackendCall call)
    {
        await IsReadyAsync(call).ConfigureAwait(false);
        var position = Follower.Position;
        if (_entries.Write(key, value, serializer, position, lifetime.TimeToLive, flags, notes) is not { } entry)
            return await InvalidateKeyAsync(key, call).ConfigureAwait(false);

        // It also stands where a tombstone would, and has to be there as long as one: a load that began before may end after its time. A counter has no such loads.
        var kept = (flags & EntryFlags.Counter) != EntryFlags.None || lifetime.Kept > _tombstone ? lifetime.Kept : _tombstone;
        return await _appender.AppendAsync(key, call, after => _backend.PutAsync(key, entry, kept, after, call)).ConfigureAwait(false);
    }

    /// <summary>Appends invalidations to the log, together with those of others. When this returns they hold in this process, whatever the backend does.</summary>
    /// <exception cref="CacheBackendException">Faults are not silent, and the backend failed. The invalidations hold here and will be sent.</exception>
    public async ValueTask InvalidateAsync(IReadOnlyList<InvalidationTarget> what, BackendCall call)
    {
        await IsReadyAsync(call).ConfigureAwait(false);
        await _appender.InvalidateAsync(what, call).ConfigureAwait(false);
    }

    /// <summary>The same for one key that gets a value here: with a call of its own.</summary>
    /// <returns>The record's number, in this process's numbers.</returns>
    public async ValueTask<long> InvalidateKeyAsync(string key, BackendCall call)
    {
        await IsReadyAsync(call).ConfigureAwait(false);
        return await _appender.AppendAsync(key, call).ConfigureAwait(false);
    }

    /// <summary>The keys of valid entries that a pattern matches. Only what a record concerns has to be looked at closely.</summary>
    public async IAsyncEnumerable<string> ScanAsync(Keys.KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = BackendCall.Async(cancellationToken);
        if (!await IsReadyAsync(call).ConfigureAwait(false))
            yield break;
        await foreach (string key in _backend.ScanAsync(pattern, cancellationToken).ConfigureAwait(false))
        {
            bool isConcerned = _cache.Log.HasTags || _cache.Log.LastOf(key) > 0;
            if (!isConcerned || (await _backend.GetAsync(key, call).ConfigureAwait(false) is { } bytes && _entries.IsValid(key, bytes, out var header, out _)
                && (header.SoftExpiry == 0 || header.SoftExpiry > Follower.Now)))
            {
                yield return key;
            }
        }
    }

    /// <summary>Removes the entries that a pattern matches, which looks at all of them.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="keys">Receives their keys.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public async ValueTask RemoveAsync(Keys.KeyPattern pattern, ISet<string> keys, CancellationToken cancellationToken)
    {
        const int AtOnce = 500;
        var batch = new List<string>(AtOnce);
        await foreach (string key in _backend.ScanAsync(pattern, cancellationToken).ConfigureAwait(false))
        {
            keys.Add(key);
            batch.Add(key);
            if (batch.Count < AtOnce)
                continue;
            await _backend.RemoveAsync(batch, BackendCall.Async(cancellationToken)).ConfigureAwait(false);
            batch.Clear();
        }

        if (batch.Count > 0)
            await _backend.RemoveAsync(batch, BackendCall.Async(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Adds to a counter.</summary>
    public async ValueTask<long> IncrementAsync(string key, long by, TimeSpan timeToLive, BackendCall call)
    {
        if (!IsUpToDate)
            await UpdateAsync(call).ConfigureAwait(false);
        var position = Follower.Position;
        long notBefore = _cache.Log.LastOf(key) >> InvalidationLog.ExtraBits;
        return await _backend.IncrementAsync(key, new(by, timeToLive, position, notBefore), call).ConfigureAwait(false);
    }

    /// <summary>As <see cref="UpdateAsync"/>, and asks for an entry on the same way: the entry is to be judged when both are there, by a log that is no older than the call.</summary>
    /// <param name="key">The entry's key; <see langword="null"/> for none.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>What to give to who fetches the entry; <see langword="null"/>: it has not been asked for.</returns>
    public async ValueTask<EntryRead?> UpdateAndAskAsync(string? key, BackendCall call)
    {
        if (IsStrict && Follower.Epoch != 0)
        {
            var asked = Follower.Ask();
            if (await _backend.GetCheckedAsync(key, Follower.Position, call).ConfigureAwait(false) is { } found)
            {
                if (!found.IsCurrent)
                    await UpdateAsync(call).ConfigureAwait(false);
                return key is null ? null : new EntryRead(new(found.Bytes), asked);
            }
        }

        var updating = UpdateAsync(call).AsTask();
        EntryRead? entry = key is null || call.IsSynchronous || Follower.Epoch == 0 ? null : BeginRead(key);
        await updating.ConfigureAwait(false);
        return entry;
    }

    /// <summary>Makes sure that the log is known: that it has been read once, and with strict coherence that it was read after this call began.</summary>
    /// <returns>Whether there is something to read from: the backend, or the fallback that has taken over.</returns>
    public async ValueTask<bool> UpdateAsync(BackendCall call)
    {
        bool joined = await Follower.JoinAsync(call).ConfigureAwait(false);
        if (joined && Volatile.Read(ref _subscribed) == 0 && Interlocked.Exchange(ref _subscribed, 1) == 0)
            _ = SubscribeAsync();
        if (IsStrict && call.IsSynchronous)
            Follower.Follow();
        else if (IsStrict)
            await Follower.FollowAsync().WaitAsync(call.CancellationToken).ConfigureAwait(false);
        return joined || !_backend.IsTrusted;
    }

    /// <summary>Sends what is on its way, as far as that does not take too long, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        await _stores.DrainAsync(_cache.Options.TimeProvider).ConfigureAwait(false);
        if (_subscription is { } subscription)
            await subscription.DisposeAsync().ConfigureAwait(false);
        await _backend.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Asks for an entry ahead of <see cref="FetchAsync"/>, for whoever will wait for it: no caller's token ends it, and it need not be used.</summary>
    private EntryRead BeginRead(string key)
    {
        var asked = Follower.Ask();
        var bytes = _backend.GetAsync(key, BackendCall.Async()).AsTask();
        bytes.Forget();
        return new(new(bytes), asked);
    }

    private static LogPosition Wire(LogPosition position) => position with { Sequence = position.Sequence >> InvalidationLog.ExtraBits };

    private static void Beat(object? state)
    {
        if (((WeakReference<BackendTier>)state!).TryGetTarget(out var tier))
            _ = tier.Follower.FollowAsync();
    }

    private async Task SubscribeAsync()
    {
        try
        {
            _subscription = await _backend.WatchLogAsync(new Watcher(this), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _cache.Logger.WatchingFailed(_backend.Name, exception);
            Volatile.Write(ref _subscribed, 0); // with the next call again; the heartbeat follows meanwhile
        }
    }

    private sealed class Watcher(BackendTier tier) : ILogWatcher
    {
        public void OnAppended(LogPage page) => tier.Follower.OnAppended(page);

        public void OnInterrupted() => _ = tier._appender.AppendAgainAsync();
    }
}
