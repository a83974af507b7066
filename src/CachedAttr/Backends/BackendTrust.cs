namespace CachedAttr.Backends;

/// <summary>Whether a backend is trusted: it has every invalidation of this process, and this process has followed the log since. Thread-safe.</summary>
/// <remarks>
/// <para>
/// The second is needed as well. Entries of others are judged by the log as it is known here: one that another process has loaded before an update of this one may
/// have a higher stamp than the number that the invalidation has here, and a lower one than it has got in the log.
/// </para>
/// <para>
/// So there is a state in between. A backend that answers is <em>recovering</em>: it is given new invalidations at once, whose callers follow the log to them, and it
/// is not read from before nothing waits and the log was asked from a position behind everything that was handed over, then or in an attempt that failed. At once,
/// because those that wait must not become more while they are handed over: a process that invalidates faster than a round trip would never come back.
/// </para>
/// </remarks>
/// <param name="maxPending">How many invalidations are kept at most.</param>
internal sealed class BackendTrust(int maxPending)
{
    private enum State
    {
        Trusted,
        Recovering,
        Distrusted,
    }

    private readonly Lock _gate = new();
    private readonly PendingInvalidations _pending = new(maxPending);
    private LogPosition _handedOver;
    private volatile State _state;

    public bool IsTrusted => _state == State.Trusted;

    /// <summary>Whether invalidations go to it at once.</summary>
    public bool TakesInvalidations => _state != State.Distrusted;

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
    public bool Distrust()
    {
        lock (_gate)
        {
            bool wasTrusted = IsTrusted;
            _state = State.Distrusted;
            return wasTrusted;
        }
    }

    /// <summary>What has to be handed over next; null for nothing.</summary>
    public PendingInvalidations.Sending? Next() => _pending.Snapshot() is { What.Count: > 0 } sending ? sending : null;

    /// <summary>They were appended.</summary>
    /// <param name="sent">What no longer waits.</param>
    /// <param name="position">The number of the last of them, and its log.</param>
    public void HandedOver(PendingInvalidations.Sending sent, LogPosition position)
    {
        lock (_gate)
        {
            if ((position.Epoch, position.Sequence).CompareTo((_handedOver.Epoch, _handedOver.Sequence)) > 0)
                _handedOver = position;
            _pending.Remove(sent);
        }
    }

    /// <summary>The backend answers: from here on it is given invalidations at once.</summary>
    public void BeginRecovery()
    {
        lock (_gate)
        {
            if (_state == State.Distrusted)
                _state = State.Recovering;
        }
    }

    /// <summary>Trusts a backend that is recovering, if nothing waits and whoever follows its log knows all that was ever handed over.</summary>
    /// <param name="position">From where the log was asked.</param>
    /// <param name="epoch">The log that answered. What was handed over to one that is no more went with it, and with all that was stored under it.</param>
    public bool TryTrust(LogPosition position, long epoch)
    {
        lock (_gate)
        {
            bool isFollowed = epoch != _handedOver.Epoch || (position.Epoch == epoch && position.Sequence >= _handedOver.Sequence);
            if (_state != State.Recovering || _pending.Count > 0 || !isFollowed)
                return false;
            _state = State.Trusted;
            return true;
        }
    }
}
