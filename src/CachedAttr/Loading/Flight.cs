using CachedAttr.Backends;
using CachedAttr.Local;

namespace CachedAttr.Loading;

/// <summary>One load in progress, which any number of callers wait for. Its mutable state is guarded by its region's lock.</summary>
internal abstract class Flight<TValue>() : TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private object? _load;

    /// <summary>What the loader has said; null if it has not asked.</summary>
    public CacheEntryContext<TValue>? Context { get; set; }

    /// <summary>
    /// What stands for the load in <see cref="LoadChain"/>: not the flight, which would be kept by whatever the loader starts. Keys loaded together have the same.
    /// Made when it is first asked for, because what comes from a backend is not loaded.
    /// </summary>
    public object Load
    {
        get => _load ?? Interlocked.CompareExchange(ref _load, new object(), null) ?? _load;
        set => _load = value;
    }

    /// <summary>The value that is being refreshed.</summary>
    public abstract CacheEntryContext<TValue>.Previously? Previous { get; }

    /// <summary>What is kept with it.</summary>
    public abstract EntryNotes? PreviousNotes { get; }
}

/// <inheritdoc/>
internal sealed class Flight<TKey, TValue>(long epoch, long stamp, long started, LocalEntry<TKey, TValue>? stale) : Flight<TValue>
{
    private CancellationTokenSource? _abandoned;

    /// <summary>Which log of the backend was followed then; 0 for none.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>The point to which the invalidation log had been followed before the load began.</summary>
    public long Stamp { get; } = stamp;

    /// <summary>The clock's tick at which the load began.</summary>
    public long Started { get; } = started;

    /// <summary>What there is of use, if the load fails or takes long.</summary>
    public LocalEntry<TKey, TValue>? Stale { get; set; } = stale;

    /// <inheritdoc/>
    public override CacheEntryContext<TValue>.Previously? Previous => Stale is null ? null : new(Stale.Value);

    /// <inheritdoc/>
    public override EntryNotes? PreviousNotes => Stale?.Details?.Notes;

    /// <summary>The longest time for which what is found or loaded is kept in this process; 0: not at all.</summary>
    public long LocalTtl { get; set; } = long.MaxValue;

    /// <summary>The thread that loads, for a load without tasks; 0 for one with.</summary>
    public int OwnerThread { get; set; }

    /// <summary>Whether the load's result may still be stored; an invalidation of its key, or a load that began later, takes that away.</summary>
    public bool Storable { get; set; } = true;

    /// <summary>How many wait for the load: callers, or the cache itself, which never leaves.</summary>
    public int Waiters { get; set; } = 1;

    /// <summary>Whether it runs for the cache itself: then it takes what the backend has only if that is fresh.</summary>
    public bool IsRefresh { get; init; }

    /// <summary>The load of many keys that this is a part of; null if it is none.</summary>
    public IManyFlights? Others { get; set; }

    /// <summary>
    /// Whether nobody waits any more, for this or for what is loaded together with it: nobody may join it then, because its token is cancelled.
    /// It remains so, because only who joins it waits.
    /// </summary>
    public bool IsAbandoned => Waiters <= 0 && Others is not { IsAwaited: true };

    /// <summary>Cancelled when nobody waits for the load any more. Asked for once, before the load begins.</summary>
    public CancellationToken Abandoned => (_abandoned ??= new CancellationTokenSource()).Token;

    /// <summary>Tells the load that nobody waits for it any more.</summary>
    public void Abandon()
    {
        _abandoned?.Cancel();
        Others?.Abandon();
    }

    /// <summary>Ends the flight with an exception, which counts as observed even if every caller has gone.</summary>
    public void Fail(Exception exception)
    {
        SetException(exception);
        _ = Task.Exception;
    }
}

/// <summary>What the loads of many keys together have in common.</summary>
internal interface IManyFlights
{
    /// <summary>Whether somebody waits for a part of it. Asked under the region's lock.</summary>
    bool IsAwaited { get; }

    /// <summary>Tells the load that nobody waits for it any more.</summary>
    void Abandon();
}
