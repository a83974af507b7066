using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Local;
using CachedAttr.Serialization;

namespace CachedAttr.Loading;

/// <content>Loading: one at a time for a key, and stored only if no invalidation came in between.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    private Task<TValue> LoadCoreAsync<TState>(
        TKey key, LoadRequest<TState, Func<TState, CancellationToken, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        Cache.ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TValue>(cancellationToken);
        if (!Volatile.Read(ref _settings).Enabled)
            return request.Load(request.State, cancellationToken).AsTask();
        return _tier is { IsUpToDate: false } && request.Serializer is not null
            ? FollowAndLoadAsync(key, request, cancellationToken)
            : LoadOnceAsync(key, request, cancellationToken);
    }

    private async Task<TValue> FollowAndLoadAsync<TState>(
        TKey key, LoadRequest<TState, Func<TState, CancellationToken, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        // With strict coherence the log and the entry are asked for in one go. The entry is judged when both are there, by a log that is no older than the call.
        var call = BackendCall.Async(cancellationToken);
        bool isEntryWanted = _tier!.IsStrict && _tier.Follower.Epoch != 0 && _store.Find(key) is null;
        var updated = _tier.UpdateAsync(call).AsTask();
        if (isEntryWanted)
            request = request with { Entry = _tier.Backend.GetAsync(KeyText(key), call).AsTask() };
        await updated.ConfigureAwait(false);
        return await LoadOnceAsync(key, request, cancellationToken).ConfigureAwait(false);
    }

    private Task<TValue> LoadOnceAsync<TState>(
        TKey key, LoadRequest<TState, Func<TState, CancellationToken, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        if (FindValid(key) is { } hit)
            return Hit(hit).AsTask();
        Flight<TValue> flight;
        bool owner;
        lock (_store.Gate)
        {
            if (FindValid(key) is { } entry)
                return Hit(entry).AsTask();
            var joined = Join(key);
            owner = joined is null;
            flight = joined ?? Start(key, synchronous: false);
        }

        // Who loads goes on where the load ends. The others are told on threads of their own, so that none of them holds up the rest.
        var task = owner ? RunAsync(flight, key, request, cancellationToken.CanBeCanceled ? flight.Abandoned : CancellationToken.None) : flight.Task;
        return task.IsCompleted || !cancellationToken.CanBeCanceled ? task : WaitAsync(task, flight, key, cancellationToken);
    }

    private TValue LoadCore<TState>(TKey key, LoadRequest<TState, Func<TState, TValue>, TValue> request)
    {
        Cache.ThrowIfDisposed();
        if (!Volatile.Read(ref _settings).Enabled)
            return request.Load(request.State);
        if (_tier is { IsUpToDate: false } && request.Serializer is not null)
            _ = Ended(_tier.UpdateAsync(BackendCall.Synchronous));

        if (FindValid(key) is { } hit)
            return Hit(hit).Value;
        Flight<TValue>? joined;
        Flight<TValue> flight;
        lock (_store.Gate)
        {
            if (FindValid(key) is { } entry)
                return Hit(entry).Value;
            joined = Join(key);
            flight = joined ?? Start(key, synchronous: true);
        }

        if (joined is null)
            return Run(flight, key, request);

        // Waiting for a load with tasks would tie this thread to the thread pool, and waiting for its own load would never end: it loads by itself.
        if (joined.OwnerThread != 0 && joined.OwnerThread != Environment.CurrentManagedThreadId)
            return joined.Task.GetAwaiter().GetResult();
        GiveUp(joined, key);
        return request.Load(request.State);
    }

    /// <summary>The load in progress that this caller may wait for: not one that began before an invalidation which the caller may know of.</summary>
    private Flight<TValue>? Join(TKey key)
    {
        if (!_flights.TryGetValue(key, out var flight))
            return null;
        if (flight.Stamp < Volatile.Read(ref _required) && IsInvalidated(key, flight.Stamp))
        {
            Detach(key, flight);
            return null;
        }

        flight.Waiters++;
        return flight;
    }

    private Flight<TValue> Start(TKey key, bool synchronous)
    {
        // The stamp is read before the load begins, and after the flight can be found: see Invalidation/README.md. The epoch before the stamp: when the log
        // is replaced, what is begun with the old epoch is dropped, and what is begun with the new one has a stamp of the new log.
        long epoch = _tier?.Follower.Epoch ?? 0;
        var flight = new Flight<TValue>(epoch, _log.Head, _clock.Now, synchronous);
        _flights.Add(key, flight);
        return flight;
    }

    private void Detach(TKey key, Flight<TValue> flight)
    {
        flight.Storable = false;
        _flights.Remove(key);
    }

    private async Task<TValue> RunAsync<TState>(
        Flight<TValue> flight, TKey key, LoadRequest<TState, Func<TState, CancellationToken, ValueTask<TValue>>, TValue> request, CancellationToken abandoned)
    {
        LoadLock? held = null;
        var stored = Task.CompletedTask;
        try
        {
            if (request.Serializer is { } serializer)
            {
                var call = BackendCall.Async(abandoned);
                var fetched = await _tier!.FetchAsync(KeyText(key), serializer, call, request.Entry).ConfigureAwait(false);
                if (!fetched.Found && Volatile.Read(ref _settings).DistributedLock)
                    (fetched, held) = await _tier.LockAsync(KeyText(key), serializer, call).ConfigureAwait(false);
                if (fetched.Found)
                {
                    Complete(flight, key, fetched);
                    return fetched.Value;
                }
            }

            var value = await request.Load(request.State, abandoned).ConfigureAwait(false);
            stored = Complete(flight, key, value, storable: request.Unless?.Invoke(request.State, value) != true, request.Ttl, request.Serializer);
            return value;
        }
        catch (Exception exception)
        {
            Fail(flight, key, exception);
            throw;
        }
        finally
        {
            if (held is not null)
                _ = ReleaseAsync(held, stored);
        }
    }

    // Not before the value is where the others look for it.
    private static async Task ReleaseAsync(LoadLock held, Task stored)
    {
        await stored.ConfigureAwait(false);
        await held.DisposeAsync().ConfigureAwait(false);
    }

    private TValue Run<TState>(Flight<TValue> flight, TKey key, LoadRequest<TState, Func<TState, TValue>, TValue> request)
    {
        LoadLock? held = null;
        try
        {
            if (request.Serializer is { } serializer)
            {
                var fetched = Ended(_tier!.FetchAsync(KeyText(key), serializer, BackendCall.Synchronous));
                if (!fetched.Found && Volatile.Read(ref _settings).DistributedLock)
                    (fetched, held) = Ended(_tier.LockAsync(KeyText(key), serializer, BackendCall.Synchronous));
                if (fetched.Found)
                {
                    Complete(flight, key, fetched);
                    return fetched.Value;
                }
            }

            var value = request.Load(request.State);
            var stored = Complete(flight, key, value, storable: request.Unless?.Invoke(request.State, value) != true, request.Ttl, request.Serializer);
            if (held is not null)
                stored.GetAwaiter().GetResult();
            return value;
        }
        catch (Exception exception)
        {
            Fail(flight, key, exception);
            throw;
        }
        finally
        {
            held?.Release();
        }
    }

    /// <summary>Ends a flight with what was loaded: stored here, and on its way to the backend.</summary>
    /// <returns>Ends when the backend has the value, or will not get it.</returns>
    private Task Complete(Flight<TValue> flight, TKey key, TValue value, bool storable, TimeSpan? ttl, ICacheSerializer<TValue>? serializer)
    {
        var stored = Task.CompletedTask;
        try
        {
            long timeToLive;
            lock (_store.Gate)
            {
                Leave(key, flight);
                long now = _clock.Now;
                timeToLive = _settings.TimeToLive(value is null, ttl);
                storable = storable && flight.Storable && timeToLive > 0 && now - flight.Started <= _settings.LoadTimeout
                    && StoreLoaded(key, value, flight.Stamp, now + timeToLive);
            }

            if (storable && serializer is not null)
                stored = _tier!.Store(KeyText(key), value, serializer, new(flight.Epoch, flight.Stamp), TimeSpan.FromTicks(timeToLive));
        }
        catch (Exception exception)
        {
            // The key's own code can throw here. The value has been loaded, and whoever asked for it gets it.
            Cache.Logger.StoringFailed(_method.Name, exception);
        }

        flight.SetResult(value);
        return stored;
    }

    /// <summary>Ends a flight with what the backend had.</summary>
    private void Complete(Flight<TValue> flight, TKey key, in Fetched<TValue> fetched)
    {
        lock (_store.Gate)
        {
            Leave(key, flight);
            if (flight.Storable)
                StoreFetched(key, fetched);
        }

        flight.SetResult(fetched.Value);
    }

    private void Fail(Flight<TValue> flight, TKey key, Exception exception)
    {
        try
        {
            lock (_store.Gate)
                Leave(key, flight);
        }
        finally
        {
            flight.Fail(exception);
        }
    }

    /// <summary>Stores a loaded value unless the log has a record for its key that is newer than its stamp.</summary>
    /// <returns>Whether it is valid.</returns>
    private bool StoreLoaded(TKey key, TValue value, long stamp, long expires)
    {
        long required = Volatile.Read(ref _concerning);
        if (stamp < required)
        {
            if (required == long.MaxValue || IsInvalidated(key, stamp))
                return false;
            stamp = required;
        }

        // A record that is appended from here on raises what is required above this stamp, so readers check the entry against it.
        if (_settings.UsesLocal)
            _store.Set(new LocalEntry<TKey, TValue>(key, value, expires, stamp));
        return true;
    }

    /// <summary>
    /// Stores what came from the backend, for the time that is left to it. Its stamp may be older than the flight: exact keys have been carried out here since,
    /// so the log is asked in any case.
    /// </summary>
    private void StoreFetched(TKey key, in Fetched<TValue> fetched)
    {
        if (fetched.IsCounter || !_settings.UsesLocal || !_settings.Enabled || IsInvalidated(key, fetched.Stamp))
            return;
        long timeToLive = _settings.TimeToLive(fetched.Value is null, own: null);
        if (fetched.Remaining is { } remaining)
            timeToLive = Math.Min(remaining.Ticks, _settings.MaxTtl);
        if (timeToLive > 0 && !(_store.Find(key)?.Stamp > fetched.Stamp))
            StoreLoaded(key, fetched.Value, fetched.Stamp, _clock.Now + timeToLive);
    }

    private string KeyText(TKey key) => _method.KeyOf(key).Text;

    // Calls without tasks have ended when they return.
    private static T Ended<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private async Task<TValue> WaitAsync(Task<TValue> task, Flight<TValue> flight, TKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !flight.Task.IsCompleted)
        {
            // How the load ends is no news to who has gone.
            _ = task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            GiveUp(flight, key);
            throw;
        }
    }

    private void GiveUp(Flight<TValue> flight, TKey key)
    {
        lock (_store.Gate)
        {
            if (--flight.Waiters > 0)
                return;
            Leave(key, flight);
        }

        flight.Abandon();
    }

    /// <summary>Takes a flight out of the table, if it has not been replaced there.</summary>
    private void Leave(TKey key, Flight<TValue> flight)
    {
        if (_flights.TryGetValue(key, out var current) && ReferenceEquals(current, flight))
            _flights.Remove(key);
    }
}
