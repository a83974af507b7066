namespace CachedAttr.Backends;

/// <summary>Invalidations that the backend has not got yet, each once. Thread-safe.</summary>
/// <param name="capacity">How many there are at most; beyond that they become one pattern that matches everything, which is always right.</param>
internal sealed class PendingInvalidations(int capacity)
{
    private static readonly InvalidationTarget Everything = new(InvalidationKind.Pattern, "*");

    private readonly Lock _gate = new();
    private readonly Dictionary<InvalidationTarget, long> _pending = [];
    private long _additions;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(IEnumerable<InvalidationTarget> what)
    {
        lock (_gate)
        {
            _additions++;
            if (_pending.ContainsKey(Everything))
                what = [Everything];
            foreach (var one in what)
                _pending[one] = _additions;
            if (_pending.Count > capacity)
            {
                _pending.Clear();
                _pending.Add(Everything, _additions);
            }

            Volatile.Write(ref _count, _pending.Count);
        }
    }

    /// <summary>All of them; they stay until <see cref="Remove"/>, because sending may fail.</summary>
    public Sending Snapshot()
    {
        lock (_gate)
            return new([.. _pending.Keys], _additions);
    }

    /// <summary>Removes what was sent, but for what was added again meanwhile: its number in the log is from before that, and what was loaded in between is older.</summary>
    public void Remove(Sending sent)
    {
        lock (_gate)
        {
            foreach (var one in sent.What)
            {
                if (_pending.TryGetValue(one, out long added) && added <= sent.UpTo)
                    _pending.Remove(one);
            }

            Volatile.Write(ref _count, _pending.Count);
        }
    }

    /// <summary>What is handed over.</summary>
    /// <param name="What">The invalidations.</param>
    /// <param name="UpTo">The number of the last addition that is among them.</param>
    internal sealed record Sending(IReadOnlyList<InvalidationTarget> What, long UpTo);
}
