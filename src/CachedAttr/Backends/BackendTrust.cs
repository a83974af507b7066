namespace CachedAttr.Backends;

/// <summary>Whether a backend is trusted: it has every invalidation of this process, and this process has followed the log to each of them. Thread-safe.</summary>
/// <remarks>
/// The second is needed as well. Entries of others are judged by the log as it is known here: one that another process has loaded before an update of this one may
/// have a higher stamp than the number that the invalidation has here, and a lower one than it has got in the log.
/// </remarks>
/// <param name="maxPending">How many invalidations are kept at most.</param>
internal sealed class BackendTrust(int maxPending)
{
    private readonly Lock _gate = new();
    private readonly PendingInvalidations _pending = new(maxPending);
    private LogPosition _handedOver;
    private int _untrusted;

    public bool IsTrusted => Volatile.Read(ref _untrusted) == 0;

    /// <summary>How many invalidations wait.</summary>
    public int Pending => _pending.Count;

    /// <summary>Keeps invalidations that the backend has not got, and distrusts it in the same step: nobody reads from it in between.</summary>
    /// <returns>Whether it was trusted until now.</returns>
    public bool Keep(IReadOnlyList<InvalidationTarget> what)
    {
        lock (_gate)
        {
            _pending.Add(what);
            return Distrust();
        }
    }

    /// <returns>Whether it was trusted until now.</returns>
    public bool Distrust() => Interlocked.Exchange(ref _untrusted, 1) == 0;

    /// <summary>What has to be handed over next; null for nothing.</summary>
    public PendingInvalidations.Sending? Next() => _pending.Snapshot() is { What.Count: > 0 } sending ? sending : null;

    /// <summary>Invalidations were appended, at once or after a wait.</summary>
    /// <param name="position">The number of the last of them.</param>
    /// <param name="sent">What no longer waits.</param>
    public void HandedOver(LogPosition position, PendingInvalidations.Sending? sent = null)
    {
        lock (_gate)
        {
            if (position.Epoch != _handedOver.Epoch || position.Sequence > _handedOver.Sequence)
                _handedOver = position;
            if (sent is not null)
                _pending.Remove(sent);
        }
    }

    /// <summary>Whether a position is one from which all that was handed over is known. What went into a log that is no more went with all that was stored under it.</summary>
    public bool IsFollowed(LogPosition position, long epoch)
    {
        lock (_gate)
            return _handedOver.Epoch != epoch || (position.Epoch == epoch && position.Sequence >= _handedOver.Sequence);
    }

    /// <summary>Trusts the backend again, if nothing is pending.</summary>
    public bool TryTrust()
    {
        lock (_gate)
        {
            if (_pending.Count == 0)
                Volatile.Write(ref _untrusted, 0);
            return _pending.Count == 0;
        }
    }
}
