using CachedAttr.Local;

namespace CachedAttr.Loading;

/// <content>Loading: one at a time for a key, and stored only if no invalidation came in between.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    private Task<TValue> LoadCoreAsync<TState>(
        TKey key, TState state, Func<TState, CancellationToken, ValueTask<TValue>> load, Func<TState, TValue, bool>? unless, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        Cache.ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TValue>(cancellationToken);
        if (!Volatile.Read(ref _settings).Enabled)
            return load(state, cancellationToken).AsTask();

        Flight<TValue> flight;
        bool owner;
        lock (_store.Gate)
        {
            if (FindValid(key) is { } entry)
                return entry.AsTask();
            var joined = Join(key);
            owner = joined is null;
            flight = joined ?? Start(key, synchronous: false);
        }

        if (owner)
            _ = RunAsync(flight, key, state, load, unless, ttl, cancellationToken.CanBeCanceled ? flight.Abandoned : CancellationToken.None);
        return flight.Task.IsCompleted || !cancellationToken.CanBeCanceled ? flight.Task : WaitAsync(flight, key, cancellationToken);
    }

    private TValue LoadCore<TState>(TKey key, TState state, Func<TState, TValue> load, Func<TState, TValue, bool>? unless, TimeSpan? ttl)
    {
        Cache.ThrowIfDisposed();
        if (!Volatile.Read(ref _settings).Enabled)
            return load(state);

        Flight<TValue>? joined;
        Flight<TValue> flight;
        lock (_store.Gate)
        {
            if (FindValid(key) is { } entry)
                return entry.Value;
            joined = Join(key);
            flight = joined ?? Start(key, synchronous: true);
        }

        if (joined is null)
            return Run(flight, key, state, load, unless, ttl);

        // Waiting for a load with tasks would tie this thread to the thread pool, and waiting for its own load would never end: it loads by itself.
        if (joined.OwnerThread != 0 && joined.OwnerThread != Environment.CurrentManagedThreadId)
            return joined.Task.GetAwaiter().GetResult();
        GiveUp(joined, key);
        return load(state);
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
        // The stamp is read before the load begins, and after the flight can be found: see Invalidation/README.md.
        var flight = new Flight<TValue>(_log.Head, _clock.Now, synchronous);
        _flights.Add(key, flight);
        return flight;
    }

    private void Detach(TKey key, Flight<TValue> flight)
    {
        flight.Storable = false;
        _flights.Remove(key);
    }

    private async Task RunAsync<TState>(
        Flight<TValue> flight, TKey key, TState state, Func<TState, CancellationToken, ValueTask<TValue>> load, Func<TState, TValue, bool>? unless, TimeSpan? ttl, CancellationToken abandoned)
    {
        try
        {
            var value = await load(state, abandoned).ConfigureAwait(false);
            Complete(flight, key, value, storable: unless is null || !unless(state, value), ttl);
        }
        catch (Exception exception)
        {
            Fail(flight, key, exception);
        }
    }

    private TValue Run<TState>(Flight<TValue> flight, TKey key, TState state, Func<TState, TValue> load, Func<TState, TValue, bool>? unless, TimeSpan? ttl)
    {
        try
        {
            var value = load(state);
            Complete(flight, key, value, storable: unless is null || !unless(state, value), ttl);
            return value;
        }
        catch (Exception exception)
        {
            Fail(flight, key, exception);
            throw;
        }
    }

    private void Complete(Flight<TValue> flight, TKey key, TValue value, bool storable, TimeSpan? ttl)
    {
        try
        {
            lock (_store.Gate)
            {
                Leave(key, flight);
                var settings = _settings;
                long now = _clock.Now;
                long timeToLive = settings.TimeToLive(value is null, ttl);
                if (storable && flight.Storable && timeToLive > 0 && now - flight.Started <= settings.LoadTimeout)
                    StoreLoaded(key, value, flight.Stamp, now + timeToLive);
            }
        }
        catch (Exception exception)
        {
            // The key's own code can throw here. The value has been loaded, and whoever asked for it gets it.
            Cache.Logger.StoringFailed(_method.Name, exception);
        }

        flight.SetResult(value);
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
    private void StoreLoaded(TKey key, TValue value, long stamp, long expires)
    {
        long required = Volatile.Read(ref _required);
        if (stamp < required)
        {
            if (required == long.MaxValue || IsInvalidated(key, stamp))
                return;
            stamp = required;
        }

        // A record that is appended from here on raises what is required above this stamp, so readers check the entry against it.
        _store.Set(new LocalEntry<TKey, TValue>(key, value, expires, stamp));
    }

    private async Task<TValue> WaitAsync(Flight<TValue> flight, TKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !flight.Task.IsCompleted)
        {
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
