using CachedAttr.Backends;
using CachedAttr.Local;

namespace CachedAttr.Loading;

/// <content>Loading: what a caller does who has not found a prompt value.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    private Task<TValue> LoadCoreAsync<TState>(
        TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        Cache.ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TValue>(cancellationToken);
        if (!Volatile.Read(ref _settings).Enabled)
            return request.Load(request.State, new(null, cancellationToken)).AsTask();
        if (CacheScope.Current is not ScopeKind.None and var scope)
            request = request with { Scope = request.Scope | scope };
        if (FindAtOnce(key, request.Scope) is { } entry)
            return entry.AsTask();
        return _tier is { IsUpToDate: false } && request.Serializer is not null
            ? FollowAndLoadAsync(key, request, cancellationToken)
            : LoadOnceAsync(key, request, cancellationToken);
    }

    private async Task<TValue> FollowAndLoadAsync<TState>(
        TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        request = request with { Entry = await _tier!.UpdateAndAskAsync(_store.Find(key) is null ? KeyText(key) : null, BackendCall.Async(cancellationToken)).ConfigureAwait(false) };
        return await LoadOnceAsync(key, request, cancellationToken).ConfigureAwait(false);
    }

    private Task<TValue> LoadOnceAsync<TState>(
        TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        var step = Decide(key, request.Scope, request.Rule is not null, synchronous: false, out var entry, out var flight);
        switch (step)
        {
            case NextStep.Serve:
                return Read(entry!).AsTask();
            case NextStep.Refresh:
                RefreshAsync(flight!, key, request);
                return Read(entry!).AsTask();
            case NextStep.Join:
                Joined(key);
                if (LoadChain.Contains(flight!.Load))
                    return LoadAloneAsync(flight, request, cancellationToken);
                break;
        }

        if (step == NextStep.Join && default(TValue) is not null)
            return LoadUnlessThereAsync(flight!, key, request, cancellationToken);

        // Who loads goes on where the load ends. The others are told on threads of their own, so that none of them holds up the rest.
        var task = step == NextStep.Join
            ? flight!.Task
            : RunAsync(flight!, key, request, cancellationToken.CanBeCanceled || _settings.LoadTimeout > 0 ? flight!.Abandoned : CancellationToken.None);
        return task.IsCompleted || (!cancellationToken.CanBeCanceled && _settings.SoftTimeout == 0) ? task : WaitAsync(task, flight!, key, cancellationToken);
    }

    private TValue LoadCore<TState>(TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, TValue>, TValue> request)
    {
        Cache.ThrowIfDisposed();
        if (!Volatile.Read(ref _settings).Enabled)
            return request.Load(request.State, default);
        if (CacheScope.Current is not ScopeKind.None and var scope)
            request = request with { Scope = scope };
        if (FindAtOnce(key, request.Scope) is { } prompt)
            return prompt.Value;
        if (_tier is { IsUpToDate: false } && request.Serializer is not null)
            request = request with { Entry = Ended(_tier.UpdateAndAskAsync(_store.Find(key) is null ? KeyText(key) : null, BackendCall.Synchronous)) };

        switch (Decide(key, request.Scope, request.Rule is not null, synchronous: true, out var entry, out var flight))
        {
            case NextStep.Serve:
                return Read(entry!).Value;
            case NextStep.Refresh:
                Refresh(flight!, key, request);
                return Read(entry!).Value;
            case NextStep.Load:
                return Run(flight!, key, request);
        }

        Joined(key);

        // Waiting for a load with tasks would tie this thread to the thread pool, and waiting for its own load would never end: it loads by itself.
        try
        {
            if (flight!.OwnerThread != 0 && flight.OwnerThread != Environment.CurrentManagedThreadId)
                return flight.Task.GetAwaiter().GetResult();
        }
        catch (NotThereException)
        {
            return LoadCore(key, request); // it was a load of many keys
        }

        GiveUp(flight);
        return request.Load(request.State, default);
    }

    /// <summary>
    /// What a hit would be, but for something that every call has to be asked: a scope somewhere in the program, a time to live that reads prolong,
    /// or a clock that is not the system's.
    /// </summary>
    private LocalEntry<TKey, TValue>? FindAtOnce(TKey key, ScopeKind scope)
    {
        if ((!ScopeCount.Any && _settings.Sliding == 0 && _clock.IsSystem) || IsStrict || (scope & (ScopeKind.Bypass | ScopeKind.NoLocalRead)) != ScopeKind.None)
            return null;
        return FindValid(key, EntryAge.Fresh) is { } entry ? Read(entry) : null;
    }

    private LocalEntry<TKey, TValue> Read(LocalEntry<TKey, TValue> entry)
    {
        entry.Touch();
        if (entry.Details is { Sliding: > 0 })
            Renew(entry);
        return Served(entry);
    }

    /// <summary>What a caller does who has found no prompt value; in one step with finding the load that is in progress, or beginning one.</summary>
    private NextStep Decide(
        TKey key, ScopeKind scope, bool mayHaveTags, bool synchronous, out LocalEntry<TKey, TValue>? entry, out Flight<TKey, TValue>? flight)
    {
        bool isBypassed = (scope & ScopeKind.Bypass) != ScopeKind.None;
        lock (_store.Gate)
        {
            // Before a load begins, so that no tag's record passes it by.
            _hasTags |= mayHaveTags;
            long now = _clock.Now;
            entry = isBypassed || (scope & ScopeKind.NoLocalRead) != ScopeKind.None ? null : FindValid(key, EntryAge.LastResort);
            flight = null;
            if (entry?.AgeAt(now) is not (null or EntryAge.Over) and var age)
            {
                bool mayLoad = now >= entry!.Details?.RetryAt && !IsLoading(key);
                mayLoad &= (scope & ScopeKind.NoStore) == ScopeKind.None; // a refresh would be for nothing
                if (age == EntryAge.Fresh || (age != EntryAge.LastResort && !mayLoad) || now < entry.Details?.RetryAt)
                    return NextStep.Serve;
                if (age != EntryAge.LastResort)
                {
                    flight = Start(key, synchronous, entry, isRefresh: true);
                    return NextStep.Refresh;
                }
            }

            // Loaded afresh means that the load begins now. One that runs already goes on for those who wait for it.
            if (isBypassed && _flights.TryGetValue(key, out var older))
                Detach(key, older);
            flight = Join(key);
            if (flight is not null)
                return NextStep.Join;
            flight = Start(key, synchronous, entry, isRefresh: false);
            return NextStep.Load;
        }
    }

    /// <summary>
    /// The load in progress that this caller may wait for: not one that began before an invalidation which the caller may know of. Which tags its result
    /// will have is not known yet, so any tag counts.
    /// </summary>
    private Flight<TKey, TValue>? Join(TKey key)
    {
        if (!_flights.TryGetValue(key, out var flight))
            return null;
        if (flight.IsAbandoned || (flight.Stamp < Volatile.Read(ref _required) && (IsInvalidated(key, flight.Stamp) || (_hasTags && _log.LastTag > flight.Stamp))))
        {
            Detach(key, flight);
            return null;
        }

        flight.Waiters++;
        return flight;
    }

    /// <summary>Whether a key is being loaded for somebody.</summary>
    private bool IsLoading(TKey key) => _flights.TryGetValue(key, out var flight) && !flight.IsAbandoned;

    /// <summary>Begins a load. One of the key that nobody waits for is not stored any more: the one that begins later knows better.</summary>
    private Flight<TKey, TValue> Start(TKey key, bool synchronous, LocalEntry<TKey, TValue>? stale, bool isRefresh)
    {
        if (_flights.TryGetValue(key, out var abandoned))
            Detach(key, abandoned);

        // The stamp is read before the load begins, and after the flight can be found: see Invalidation/README.md. The epoch before the stamp: when the log
        // is replaced, what is begun with the old epoch is dropped, and what is begun with the new one has a stamp of the new log.
        long epoch = _tier?.Follower.Epoch ?? 0;
        var flight = new Flight<TKey, TValue>(epoch, _log.Head, _clock.Now, stale)
        {
            OwnerThread = !synchronous ? 0 : isRefresh ? -1 : Environment.CurrentManagedThreadId,
            IsRefresh = isRefresh,
        };
        _flights.Add(key, flight);
        return flight;
    }

    private void Detach(TKey key, Flight<TKey, TValue> flight)
    {
        flight.Storable = false;
        _flights.Remove(key);
    }

    /// <summary>Takes a flight out of the table, if it has not been replaced there.</summary>
    private void Leave(TKey key, Flight<TKey, TValue> flight)
    {
        if (_flights.TryGetValue(key, out var current) && ReferenceEquals(current, flight))
            _flights.Remove(key);
    }

    private string KeyText(TKey key) => _method.KeyOf(key).Text;

    // Calls without tasks have ended when they return.
    private static T Ended<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();

    /// <summary>What a caller does.</summary>
    private enum NextStep
    {
        /// <summary>Takes the entry.</summary>
        Serve,

        /// <summary>Takes the entry, and starts a load that nobody waits for.</summary>
        Refresh,

        /// <summary>Waits for the load that is in progress.</summary>
        Join,

        /// <summary>Loads.</summary>
        Load,
    }
}
