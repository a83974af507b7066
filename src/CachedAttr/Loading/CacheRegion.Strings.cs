using CachedAttr.Keys;
using CachedAttr.Local;

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

    internal override bool Owns(ReadOnlySpan<char> key) => TryRead(key, out _);

    internal override void Require(KeyPattern pattern, long sequence)
    {
        if (!_method.Template.MayMatch(pattern))
            return;
        lock (_store.Gate)
        {
            _lastConcerning = Math.Max(_lastConcerning, sequence);
            if (_required != long.MaxValue)
                Volatile.Write(ref _required, _lastConcerning);
        }
    }

    internal override bool Remove(ReadOnlySpan<char> key)
    {
        if (!TryRead(key, out var typed))
            return false;
        lock (_store.Gate)
        {
            if (_flights.TryGetValue(typed, out var flight))
                Detach(typed, flight);
            return _store.Remove(typed) is { } entry && IsValid(entry);
        }
    }

    internal override bool TryGet(ReadOnlySpan<char> key, out TValue value)
    {
        Cache.ThrowIfDisposed();
        var entry = TryRead(key, out var typed) ? FindExact(typed) : null;
        value = entry is null ? default! : entry.Value;
        entry?.Touch();
        return entry is not null;
    }

    internal override bool TryGetObject(ReadOnlySpan<char> key, out object? value)
    {
        bool found = TryGet(key, out var typed);
        value = typed;
        return found;
    }

    internal override void Set(ReadOnlySpan<char> key, TValue value, TimeSpan? ttl)
    {
        Cache.ThrowIfDisposed();
        var typed = Read(key);
        lock (_store.Gate)
        {
            // An exact invalidation and a store in one step: a load that began before must not overwrite what was set by hand.
            long stamp = _log.AppendExact();
            if (_flights.TryGetValue(typed, out var flight))
                Detach(typed, flight);
            long timeToLive = _settings.TimeToLive(value is null, ttl);
            if (_settings.Enabled && timeToLive > 0)
                _store.Set(new LocalEntry<TKey, TValue>(typed, value, _clock.Now + timeToLive, stamp));
            else
                _store.Remove(typed);
        }
    }

    internal override TValue GetOrLoad(ReadOnlySpan<char> key, Func<TValue> load, TimeSpan? ttl)
    {
        var typed = Read(key);
        return TryGet(typed, out var value) ? value : LoadCore(typed, load, static load => load(), unless: null, ttl);
    }

    internal override Task<TValue> GetOrLoadAsync(
        ReadOnlySpan<char> key, Func<CancellationToken, ValueTask<TValue>> load, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        var typed = Read(key);
        return TryGetTask(typed, out var task) ? task : LoadCoreAsync(typed, load, static (load, token) => load(token), unless: null, ttl, cancellationToken);
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
        return TryRead(key, out var typed) && FindExact(typed) is { } entry ? TimeSpan.FromTicks(entry.Expires - _clock.Now) : null;
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
        var settings = RegionSettings.Resolve(options, _method);
        lock (_store.Gate)
        {
            Volatile.Write(ref _settings, settings);
            _store.Resize(settings.Capacity);
            Volatile.Write(ref _required, settings.Enabled && !Cache.IsDisposed ? _lastConcerning : long.MaxValue);
        }
    }

    internal override void Close()
    {
        lock (_store.Gate)
        {
            Volatile.Write(ref _required, long.MaxValue);
            _store.Clear();
        }

        _method.Forget(this);
    }

    /// <summary>Takes over a value set by hand before this region was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expires">Its expiry.</param>
    /// <param name="stamp">Up to where the value has been checked against the log. What came after it is checked here.</param>
    internal void Adopt(TKey key, TValue value, long expires, long stamp)
    {
        lock (_store.Gate)
        {
            // Read first: a record that is appended after this requires it of this region, which is in the table already.
            long head = _log.Head;
            if (!IsInvalidated(key, stamp))
                _store.Set(new LocalEntry<TKey, TValue>(key, value, expires, head));
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
