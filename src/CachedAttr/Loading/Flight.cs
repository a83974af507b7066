namespace CachedAttr.Loading;

/// <summary>One load in progress, which any number of callers wait for. Its mutable state is guarded by its region's lock.</summary>
internal sealed class Flight<TValue>(long epoch, long stamp, long started, bool synchronous) : TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private CancellationTokenSource? _abandoned;

    /// <summary>Which log of the backend was followed then; 0 for none.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>The point to which the invalidation log had been followed before the load began.</summary>
    public long Stamp { get; } = stamp;

    /// <summary>The clock's tick at which the load began.</summary>
    public long Started { get; } = started;

    /// <summary>The thread that loads, for a load without tasks; 0 for one with.</summary>
    public int OwnerThread { get; } = synchronous ? Environment.CurrentManagedThreadId : 0;

    /// <summary>Whether the load's result may still be stored; an invalidation of its key takes that away.</summary>
    public bool Storable { get; set; } = true;

    /// <summary>How many callers wait for the load.</summary>
    public int Waiters { get; set; } = 1;

    /// <summary>Cancelled when nobody waits for the load any more. Asked for once, before the load begins.</summary>
    public CancellationToken Abandoned => (_abandoned ??= new CancellationTokenSource()).Token;

    /// <summary>Tells the load that nobody waits for it any more.</summary>
    public void Abandon() => _abandoned?.Cancel();

    /// <summary>Ends the flight with an exception, which counts as observed even if every caller has gone.</summary>
    public void Fail(Exception exception)
    {
        SetException(exception);
        _ = Task.Exception;
    }
}
