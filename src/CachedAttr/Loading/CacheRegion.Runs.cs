using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Local;
using CachedAttr.Serialization;
using CachedAttr.Telemetry;

namespace CachedAttr.Loading;

/// <content>One load, from the question to the backend to the store.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    private Task<TValue> RunAsync<TState>(
        Flight<TKey, TValue> flight, TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken abandoned)
    {
        flight.LocalTtl = request.LocalTtl;
        return request.Serializer is null || (request.Scope & (ScopeKind.Bypass | ScopeKind.NoBackendRead)) != ScopeKind.None
            ? LoadAndStoreAsync(flight, key, request, held: null, abandoned)
            : FetchOrLoadAsync(flight, key, request, request.Serializer, abandoned);
    }

    // The way of every hit in a backend: one state machine, which keeps no more than it has to.
    private async Task<TValue> FetchOrLoadAsync<TState>(
        Flight<TKey, TValue> flight, TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, ICacheSerializer<TValue> serializer, CancellationToken abandoned)
    {
        LoadLock? held = null;
        try
        {
            string text = KeyText(key);
            if (await _tier!.IsReadyAsync(BackendCall.Async(abandoned)).ConfigureAwait(false))
            {
                var asked = request.Entry?.Asked ?? _tier.Follower.Ask();
                var bytes = request.Entry is { } read
                    ? await read.Bytes.ConfigureAwait(false)
                    : await _tier.Backend.GetAsync(text, BackendCall.Async(abandoned)).ConfigureAwait(false);
                if (bytes is { } entry && TryTake(flight, key, request, _tier.Judge(text, entry, serializer, asked), out var found))
                    return found;
            }

            if (Volatile.Read(ref _settings).DistributedLock)
            {
                (bool isUsed, var value, held) = await LockAsync(flight, key, request, serializer, BackendCall.Async(abandoned)).ConfigureAwait(false);
                if (isUsed)
                    return value;
            }
        }
        catch (Exception exception)
        {
            if (Fail(flight, key, exception, out var stale))
                return ServedStale(key, stale);
            throw;
        }

        return await LoadAndStoreAsync(flight, key, request, held, abandoned).ConfigureAwait(false);
    }

    private async Task<TValue> LoadAndStoreAsync<TState>(
        Flight<TKey, TValue> flight, TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, LoadLock? held, CancellationToken abandoned)
    {
        var measured = BeginLoad(flight);
        var stored = Task.CompletedTask;
        try
        {
            var value = await LoadAsync(flight, request, abandoned).ConfigureAwait(false);
            Loaded(ref measured, flight, key);
            stored = Complete(
                flight, key, value, request.RuleFor(value), request.Ttl, (request.Scope & ScopeKind.NoBackendStore) == ScopeKind.None ? request.Serializer : null);
            return value;
        }
        catch (Exception exception)
        {
            measured.Failed(exception);
            if (Fail(flight, key, exception, out var stale))
                return ServedStale(key, stale);
            throw;
        }
        finally
        {
            if (held is not null)
                _ = ReleaseAsync(held, stored);
        }
    }

    /// <summary>Ends a load with what the backend had, if that is good enough.</summary>
    private bool TryTake<TState>(
        Flight<TKey, TValue> flight,
        TKey key,
        LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request,
        in Fetched<TValue> fetched,
        [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        value = fetched.Value;
        if (!Use(flight, key, fetched, out bool isDue))
            return false;
        Took(flight, key, request, fetched, isDue);
        return true;
    }

    /// <summary>What the backend had is served: it is counted, and refreshed if it is due.</summary>
    private void Took<TState>(
        Flight<TKey, TValue> flight,
        TKey key,
        LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request,
        in Fetched<TValue> fetched,
        bool isDue)
    {
        if (isDue && BeginRefresh(flight, key, request.Scope, synchronous: false) is { } refresh)
            RefreshAsync(refresh, key, request);
        Fetched(flight, fetched, key);
    }

    // By itself, because a state machine has room for all that it may wait for, and this is seldom waited for.
    private async ValueTask<(bool IsUsed, TValue Value, LoadLock? Held)> LockAsync<TState>(
        Flight<TKey, TValue> flight,
        TKey key,
        LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request,
        ICacheSerializer<TValue> serializer,
        BackendCall call)
    {
        var (isUsed, isDue, fetched, held) = await LockAsync(flight, key, serializer, call).ConfigureAwait(false);
        if (isUsed)
            Took(flight, key, request, fetched, isDue);
        return (isUsed, fetched.Value, held);
    }

    /// <summary>Waits until this process may load a key alone, or can use what another has loaded.</summary>
    private async ValueTask<(bool IsUsed, bool IsDue, Fetched<TValue> Fetched, LoadLock? Held)> LockAsync(
        Flight<TKey, TValue> flight, TKey key, ICacheSerializer<TValue> serializer, BackendCall call)
    {
        bool isUsed = false, isDue = false;
        var (fetched, held) = await _tier!.LockAsync(KeyText(key), serializer, call, found => isUsed = Use(flight, key, found, out isDue)).ConfigureAwait(false);
        return (isUsed, isDue, fetched, held);
    }

    private async ValueTask<TValue> LoadAsync<TState>(
        Flight<TKey, TValue> flight, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken abandoned)
    {
        LoadChain.Enter(flight.Load);
        long limit = Volatile.Read(ref _settings).LoadTimeout;
        var load = request.Load(request.State, new(flight, abandoned));
        if (limit == 0 || load.IsCompleted)
            return await load.ConfigureAwait(false);
        return await WithinAsync(limit, load.AsTask(), flight.Abandon).ConfigureAwait(false);
    }

    /// <summary>Waits for a load for as long as it may take, and gives it up then.</summary>
    private async Task<T> WithinAsync<T>(long limit, Task<T> load, Action abandon)
    {
        try
        {
            return await load.WaitAsync(TimeSpan.FromTicks(limit), Cache.Options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException exception) when (!load.IsCompleted)
        {
            load.Forget();
            abandon();
            throw new TimeoutException(
                FormattableString.Invariant($"{_method.Name} did not load within {TimeSpan.FromTicks(limit).TotalSeconds} s (LoadTimeout); its token has been cancelled."), exception);
        }
    }

    // Not before the value is where the others look for it.
    private static async Task ReleaseAsync(LoadLock held, Task stored)
    {
        await stored.ConfigureAwait(false);
        await held.DisposeAsync().ConfigureAwait(false);
    }

    private TValue Run<TState>(Flight<TKey, TValue> flight, TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, TValue>, TValue> request)
    {
        LoadLock? held = null;
        LoadMeasurement measured = default;
        flight.OwnerThread = Environment.CurrentManagedThreadId;
        try
        {
            if (request.Serializer is { } serializer && (request.Scope & ScopeKind.Bypass) == ScopeKind.None)
            {
                var fetched = Ended(_tier!.FetchAsync(KeyText(key), serializer, BackendCall.Synchronous, request.Entry));
                bool isUsed = Use(flight, key, fetched, out bool isDue);
                if (!isUsed && Volatile.Read(ref _settings).DistributedLock)
                    (isUsed, isDue, fetched, held) = Ended(LockAsync(flight, key, serializer, BackendCall.Synchronous));
                if (isUsed)
                {
                    if (isDue && BeginRefresh(flight, key, request.Scope, synchronous: true) is { } refresh)
                        Refresh(refresh, key, request);
                    Fetched(flight, fetched, key);
                    return fetched.Value;
                }
            }

            measured = BeginLoad(flight);
            var value = request.Load(request.State, new(flight, CancellationToken.None));
            Loaded(ref measured, flight, key);
            var stored = Complete(flight, key, value, request.RuleFor(value), request.Ttl, request.Serializer);
            if (held is not null)
                stored.GetAwaiter().GetResult();
            return value;
        }
        catch (Exception exception)
        {
            measured.Failed(exception);
            if (Fail(flight, key, exception, out var stale))
                return ServedStale(key, stale);
            throw;
        }
        finally
        {
            held?.Release();
        }
    }

    /// <summary>Ends a flight with what was loaded: stored here, and on its way to the backend.</summary>
    /// <returns>Ends when the backend has the value, or will not get it.</returns>
    private Task Complete(Flight<TKey, TValue> flight, TKey key, TValue value, StoreRule rule, TimeSpan? ttl, ICacheSerializer<TValue>? serializer)
    {
        var stored = Task.CompletedTask;
        try
        {
            var context = flight.Context;
            bool storable = !rule.IsSkipped && context is null or { IsStored: true };
            var notes = NotesOf(rule.Tags, context);
            long timeToLive, staleWindow;
            bool isUnwanted;
            lock (_store.Gate)
            {
                Leave(key, flight);
                timeToLive = _settings.TimeToLive(value is null, context?.Ttl ?? ttl, Random.Shared.NextDouble());
                staleWindow = _settings.StaleWindow;
                storable &= timeToLive > 0;
                isUnwanted = !storable && !rule.LeavesOther && flight is { Storable: true, Stale: not null };
                if (isUnwanted && ReferenceEquals(_store.Find(key), flight.Stale))
                    _store.Remove(key); // a newer load says that there is nothing to keep
                storable = storable && flight.Storable && _clock.Now - flight.Started <= _settings.MaxLoad
                    && StoreLoaded(key, value, flight.Stamp, timeToLive, notes, flight.LocalTtl);
            }

            if (isUnwanted && serializer is not null)
                stored = _tier!.Remove(KeyText(key));
            else if (storable && serializer is not null)
                stored = _tier!.Store(KeyText(key), value, serializer, new(flight.Epoch, flight.Stamp), Lifetime(timeToLive, staleWindow), notes, Telemetry);
        }
        catch (Exception exception)
        {
            // The key's own code can throw here. The value has been loaded, and whoever asked for it gets it.
            Cache.Logger.StoringFailed(_method.Name, exception);
        }

        flight.SetResult(value);
        return stored;
    }

    /// <summary>Uses what the backend had.</summary>
    /// <param name="flight">The load.</param>
    /// <param name="key">Its key.</param>
    /// <param name="fetched">What was found.</param>
    /// <param name="isDue">Whether it is to be refreshed now.</param>
    /// <returns>Whether the flight has ended with it. If not, it is kept for when the load fails.</returns>
    private bool Use(Flight<TKey, TValue> flight, TKey key, in Fetched<TValue> fetched, out bool isDue)
    {
        isDue = false;
        if (!fetched.Found)
            return false;
        lock (_store.Gate)
        {
            var entry = flight.Storable ? StoreFetched(key, fetched, flight.LocalTtl) : null;

            // An invalidation has come after it was read. Who has come after that, and waits as well, must not get it.
            if (entry is null && flight.Storable && IsInvalidated(key, fetched))
                return false;
            var age = entry?.AgeAt(_clock.Now) ?? (fetched.IsFresh ? EntryAge.Fresh : EntryAge.Over);
            bool isLeftAlone = age < EntryAge.Over && _clock.Now < _retryAt;
            bool isServed = age == EntryAge.Fresh || ((age <= EntryAge.Stale || isLeftAlone) && !flight.IsRefresh);
            if (!isServed)
            {
                if (entry is not null && age < EntryAge.Over && !(flight.Stale?.Expires > entry.Expires))
                    flight.Stale = entry;
                return false;
            }

            isDue = age != EntryAge.Fresh;
            if (isDue)
                flight.Stale = entry;
            Leave(key, flight);
        }

        flight.SetResult(fetched.Value);
        return true;
    }

    /// <summary>Stores a loaded value unless the log has a record for its key or tags that is newer than its stamp.</summary>
    /// <returns>Whether it is valid.</returns>
    private bool StoreLoaded(TKey key, TValue value, long stamp, long timeToLive, EntryNotes? notes, long localTtl = long.MaxValue)
    {
        // The flag first: a tag's record that is not in the log yet is required of this region from here on.
        if (notes is { Tags.Count: > 0 })
            _hasTags = true;
        long required = Volatile.Read(ref _concerning);
        if (notes is not null && _log.AreTagsInvalidated(notes.Tags, stamp))
            return false;
        if (stamp < required)
        {
            if (required == long.MaxValue || IsInvalidated(key, stamp))
                return false;
            stamp = required;
        }

        // A record that is appended from here on raises what is required above this stamp, so readers check the entry against it.
        if (_settings.UsesLocal && localTtl > 0)
            _store.Set(NewEntry(key, value, stamp, Math.Min(timeToLive, localTtl), notes));
        return true;
    }

    private LocalEntry<TKey, TValue> NewEntry(TKey key, TValue value, long stamp, long timeToLive, EntryNotes? notes, long sliding = 0)
    {
        long now = _clock.Now;
        long expires = now + timeToLive;
        var details = (sliding > 0 ? _settings with { Sliding = sliding } : _settings).DetailsOf(now, expires, now, notes);
        return new(key, value, RegionSettings.PromptUntil(expires, details), stamp, details) { Created = now };
    }

    /// <summary>
    /// Makes an entry of what came from the backend, for the time that is left to it, and stores it. Its stamp may be older than the flight: exact keys have
    /// been carried out here since, so the log is asked in any case.
    /// </summary>
    /// <returns>The entry; null if it is not to be kept.</returns>
    private LocalEntry<TKey, TValue>? StoreFetched(TKey key, in Fetched<TValue> fetched, long localTtl = long.MaxValue)
    {
        if (fetched.Notes is { Tags.Count: > 0 })
            _hasTags = true;

        // Before the log is asked, as everywhere: a record that comes in between has to raise what is required above the stamp.
        long required = Volatile.Read(ref _concerning);
        if (fetched.IsCounter || !_settings.Enabled || IsInvalidated(key, fetched) || _tier!.Follower.IsOutdated(fetched.Asked, TimeSpan.FromTicks(_settings.MaxLoad)))
            return null;
        long now = _clock.Now;
        long created = now - fetched.Age.Ticks;
        long left = fetched.Remaining is { } remaining ? Math.Min(remaining.Ticks, _settings.MaxTtl) : _settings.TimeToLive(fetched.Value is null, own: null);
        if (localTtl > 0)
            left = Math.Min(left, localTtl);
        var details = _settings.DetailsOf(created, now + left, now, fetched.Notes);
        long stamp = Math.Max(fetched.Stamp, required);
        if (stamp == long.MaxValue)
            return null;
        var entry = new LocalEntry<TKey, TValue>(key, fetched.Value, RegionSettings.PromptUntil(now + left, details), stamp, details) { Created = created };
        if (entry.AgeAt(now) == EntryAge.Over)
            return null;
        bool isKnownBetter = _store.Find(key) is { } known && (known.Stamp > fetched.Stamp || (known.Stamp == fetched.Stamp && known.Expires > entry.Expires));
        if (_settings.UsesLocal && localTtl > 0 && !isKnownBetter)
            _store.Set(entry);
        return entry;
    }

    private bool IsInvalidated(TKey key, in Fetched<TValue> fetched) =>
        IsInvalidated(key, fetched.Stamp) || _log.AreTagsInvalidated(fetched.Tags, fetched.Stamp);

    private static EntryNotes? NotesOf(string[]? tags, CacheEntryContext<TValue>? context) =>
        tags is null or [] && context is null or { ETag: null, LastModified: null } ? null : new(tags ?? [], context?.ETag, context?.LastModified);

    private EntryLifetime Lifetime(long timeToLive, long staleWindow)
    {
        long kept = _settings.Sliding > 0 ? Math.Min(_settings.Sliding, timeToLive) : timeToLive + staleWindow;
        return new(TimeSpan.FromTicks(timeToLive), TimeSpan.FromTicks(kept));
    }
}
