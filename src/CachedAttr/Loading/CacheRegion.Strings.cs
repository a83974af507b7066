using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Keys;
using CachedAttr.Local;
using CachedAttr.Serialization;

namespace CachedAttr.Loading;

/// <content>The same entries by their key strings, for the API by hand and for invalidation.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    internal override string Name => _method.Name;

    internal override int Count
    {
        get
        {
            lock (_store.Gate)
                return _store.Count;
        }
    }

    internal override int Loading
    {
        get
        {
            lock (_store.Gate)
                return _flights.Count + Volatile.Read(ref _refreshing);
        }
    }

    internal override bool Owns(ReadOnlySpan<char> key) => TryRead(key, out _);

    internal override void Require(KeyPattern pattern, long sequence)
    {
        if (!_method.Template.MayMatch(pattern))
            return;
        Telemetry.Invalidated();
        lock (_store.Gate)
        {
            RequireKnown(sequence);
        }
    }

    internal override void RequireTags(long sequence)
    {
        lock (_store.Gate)
        {
            if (_hasTags)
                RequireKnown(sequence);
        }
    }

    // A number may be of a log that has been replaced since: given out by this process's own clock before it had joined, it may be far ahead, and whatever was
    // checked against it would pass for checked until then. The new log begins before the regions are dropped, so under this lock its head tells.
    private void RequireKnown(long sequence)
    {
        sequence = Math.Min(sequence, Math.Max(_log.Head, _log.LastTag));
        if (sequence > _lastConcerning)
            Require(sequence);
    }

    internal override bool Remove(ReadOnlySpan<char> key, long sequence)
    {
        if (!TryRead(key, out var typed))
            return false;
        Telemetry.Invalidated();
        lock (_store.Gate)
        {
            if (_flights.TryGetValue(typed, out var flight) && flight.Stamp < sequence)
                Detach(typed, flight);
            return _store.Find(typed)?.Stamp < sequence && _store.Remove(typed) is { } entry && IsValid(entry);
        }
    }

    internal override void Drop()
    {
        lock (_store.Gate)
        {
            foreach (var flight in _flights.Values)
                flight.Storable = false;
            _flights.Clear();
            _store.Clear();
            Require(0);
        }
    }

    internal override bool TryGet(ReadOnlySpan<char> key, out TValue value)
    {
        Cache.ThrowIfDisposed();
        var entry = TryRead(key, out var typed) ? FindExact(typed) : null;
        value = entry is null ? default! : entry.Value;
        if (entry is null)
            return Missed(key, isLast: _tier is null);
        _ = Read(entry);
        return true;
    }

    internal override ICacheSerializer<TValue>? Serializer =>
        _tier is not null && Volatile.Read(ref _settings).UsesBackend ? field ??= _tier.Serializers.Of(_method.Serializer) : null;

    private bool IsStrict => _tier is { IsStrict: true } && Volatile.Read(ref _settings).UsesBackend;

    internal override async ValueTask<CacheLookup<TValue>> FindAsync(
        string key, ICacheSerializer<TValue>? serializer, BackendCall call, ScopeKind scope = ScopeKind.None, long localTtl = long.MaxValue)
    {
        if (_tier is { IsUpToDate: false } && serializer is not null)
            await _tier.UpdateAsync(call).ConfigureAwait(false);
        if ((scope & ScopeKind.NoLocalRead) == ScopeKind.None && TryGet(key, out var value))
            return new(true, value);
        if (serializer is null || (scope & ScopeKind.NoBackendRead) != ScopeKind.None)
            return default;
        var fetched = await _tier!.FetchAsync(key, serializer, call).ConfigureAwait(false);
        if (!fetched.IsFresh)
            return new(Missed(key, isLast: true), default);
        TakeIn(key, fetched, localTtl);
        return new(Fetched(key, fetched), fetched.Value);
    }

    internal override void TakeIn(string key, in Fetched<TValue> fetched, long localTtl = long.MaxValue)
    {
        if (!TryRead(key, out var typed))
            return;
        lock (_store.Gate)
            _ = StoreFetched(typed, fetched, localTtl);
    }

    internal override bool TryGetObject(ReadOnlySpan<char> key, out object? value)
    {
        bool found = TryGet(key, out var typed);
        value = typed;
        return found;
    }

    internal override TimeSpan TimeToLive(TValue value, TimeSpan? ttl)
    {
        var settings = Volatile.Read(ref _settings);
        return settings.Enabled ? TimeSpan.FromTicks(settings.TimeToLive(value is null, ttl)) : TimeSpan.Zero;
    }

    internal override TimeSpan StaleWindow => TimeSpan.FromTicks(Volatile.Read(ref _settings).StaleWindow);

    internal override void Set(ReadOnlySpan<char> key, TValue value, TimeSpan? ttl, long? stamp, EntryNotes? notes, TimeSpan sliding = default)
    {
        Cache.ThrowIfDisposed();
        var typed = Read(key);
        lock (_store.Gate)
        {
            // An exact invalidation and a store in one step: a load that began before must not overwrite what was set by hand. With a backend the first
            // part was done there, and carried out here when its answer came; what is newer by now stays.
            long number = stamp is { } given ? Math.Min(given, _log.Head) : _log.AppendExact();
            if (notes is not null)
                _hasTags = true;
            if (stamp is not null && (_store.Find(typed)?.Stamp > number || IsInvalidated(typed, number) || _log.AreTagsInvalidated(notes?.Tags ?? [], number)))
                return;
            if (_flights.TryGetValue(typed, out var flight))
                Detach(typed, flight);
            long timeToLive = _settings.TimeToLive(value is null, ttl);
            if (_settings.Enabled && _settings.UsesLocal && timeToLive > 0)
                _store.Set(NewEntry(typed, value, number, timeToLive, notes, sliding.Ticks));
            else
                _store.Remove(typed);
        }
    }

    internal override Task StoreLoaded(
        ReadOnlySpan<char> key, TValue value, LoadStart start, StoreRule rule, TimeSpan? ttl, ICacheSerializer<TValue>? serializer)
    {
        Cache.ThrowIfDisposed();
        return Complete(new(start.Epoch, start.Stamp, start.Time, stale: null), Read(key), value, rule, ttl, serializer);
    }

    internal override TValue GetOrLoad<TState>(
        ReadOnlySpan<char> key,
        TState state,
        Func<TState, CacheLoad<TValue>, TValue> load,
        Func<TState, TValue, StoreRule>? rule,
        TimeSpan? ttl,
        ICacheSerializer<TValue>? serializer)
    {
        var typed = Read(key);
        return TryGet(typed, out var value)
            ? value
            : LoadCore(typed, new LoadRequest<TState, Func<TState, CacheLoad<TValue>, TValue>, TValue>(state, load, rule, ttl, serializer));
    }

    internal override Task<TValue> GetOrLoadAsync<TState>(
        ReadOnlySpan<char> key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        var typed = Read(key);
        return (request.Scope & ScopeKind.NoLocalRead) == ScopeKind.None && TryGetTask(typed, out var task) ? task : LoadCoreAsync(typed, request, cancellationToken);
    }

    internal override long Increment(ReadOnlySpan<char> key, long by, TimeSpan? ttl)
    {
        Cache.ThrowIfDisposed();
        var typed = Read(key);
        lock (_store.Gate)
        {
            var entry = FindValid(typed);
            long sum = checked((entry is null ? 0 : Counter.Read(entry.Value, _method.Name)) + by);
            long expires = entry?.Expires ?? _clock.Now + _settings.TimeToLive(isNull: false, ttl);
            long stamp = _log.AppendExact();
            if (_flights.TryGetValue(typed, out var flight))
                Detach(typed, flight);
            _store.Set(new LocalEntry<TKey, TValue>(typed, Counter.Write<TValue>(sum, _method.Name), expires, stamp));
            return sum;
        }
    }

    internal override TimeSpan? RemainingTtl(ReadOnlySpan<char> key)
    {
        Cache.ThrowIfDisposed();
        return TryRead(key, out var typed) && FindExact(typed) is { } entry
            ? TimeSpan.FromTicks(Math.Min(entry.Expires, entry.Ends) - _clock.Now)
            : null;
    }

    internal override long Clear(KeyPattern pattern)
    {
        long count = 0;
        foreach (var entry in Matching(pattern))
        {
            lock (_store.Gate)
            {
                if (ReferenceEquals(_store.Find(entry.Key), entry))
                {
                    _store.Remove(entry.Key);
                    count++;
                }
            }
        }

        return count;
    }

    internal override void CollectKeys(KeyPattern pattern, ICollection<string> keys)
    {
        foreach (var entry in Matching(pattern))
            keys.Add(_method.KeyOf(entry.Key).Text);
    }

    internal override void RemoveExpired()
    {
        const int BucketsAtOnce = 1024;
        int bucket = 0;
        do
        {
            lock (_store.Gate)
                bucket = _store.RemoveExpired(bucket, BucketsAtOnce, _clock.Now);
        }
        while (bucket > 0);
    }

    internal override void Apply(CacheOptions options)
    {
        var settings = Resolve(options);
        lock (_store.Gate)
        {
            Volatile.Write(ref _settings, settings);
            _store.Resize(settings.Capacity);
            Require(_lastConcerning);
        }
    }

    internal override void Close()
    {
        lock (_store.Gate)
        {
            Require(_lastConcerning); // the cache is disposed by now: nothing is a hit any more
            _store.Clear();
        }

        _method.Forget(this);
    }

    /// <summary>Takes over a value set by hand before this region was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="other">The entry that it had; what came after its stamp is checked here.</param>
    internal void Adopt<TOther>(TKey key, TValue value, LocalEntry<TOther, object?> other)
    {
        lock (_store.Gate)
        {
            // Read first: a record that is appended after this requires it of this region, which is in the table already.
            long head = _log.Head;
            var notes = other.Details?.Notes;
            if (notes is not null)
                _hasTags = true;
            if (!IsInvalidated(key, other.Stamp) && !_log.AreTagsInvalidated(other.Tags, other.Stamp))
                _store.Set(NewEntry(key, value, head, other.Expires - _clock.Now, notes));
        }
    }

    /// <summary>Offers every entry, and removes it if it is taken, in one step each.</summary>
    internal void MoveOut(Func<LocalEntry<TKey, TValue>, bool> take)
    {
        lock (_store.Gate)
        {
            foreach (var entry in _store.Snapshot())
            {
                if (entry.Expires > _clock.Now && take(entry))
                    _store.Remove(entry.Key);
            }
        }
    }

    /// <summary>Reads a key string that <see cref="Owns"/>: the spelling must be the one this region writes, or two strings would be one entry.</summary>
    internal bool TryRead(ReadOnlySpan<char> key, out TKey typed)
    {
        if (!_method.Template.CanProduce(key) || !_method.Codec.TryRead(key, out typed))
        {
            typed = default!;
            return false;
        }

        var writer = new KeyWriter(stackalloc char[StackChars]);
        try
        {
            _method.Codec.Write(ref writer, typed);
            return writer.Written.SequenceEqual(key);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private TKey Read(ReadOnlySpan<char> key) =>
        TryRead(key, out var typed) ? typed : throw new ArgumentException($"'{key}' is not a key of {_method.Name}.", nameof(key));

    private LocalEntry<TKey, TValue>? FindExact(TKey key)
    {
        lock (_store.Gate)
            return FindValid(key);
    }

    private List<LocalEntry<TKey, TValue>> Snapshot()
    {
        lock (_store.Gate)
            return _store.Snapshot();
    }

    private IEnumerable<LocalEntry<TKey, TValue>> Matching(KeyPattern pattern) =>
        _method.Template.MayMatch(pattern) ? Snapshot().Where(entry => IsValid(entry) && pattern.IsMatch(_method.KeyOf(entry.Key).Text)) : [];
}
