namespace CachedAttr.Backends;

/// <summary>Invalidations that the backend has not got yet, each once. Thread-safe.</summary>
/// <param name="capacity">How many there are at most; beyond that they become one pattern that matches everything, which is always right.</param>
internal sealed class PendingInvalidations(int capacity)
{
    private static readonly InvalidationTarget Everything = new(InvalidationKind.Pattern, "*");

    private readonly Lock _gate = new();
    private readonly HashSet<InvalidationTarget> _pending = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(IEnumerable<InvalidationTarget> what)
    {
        lock (_gate)
        {
            if (!_pending.Contains(Everything))
                _pending.UnionWith(what);
            if (_pending.Count > capacity)
            {
                _pending.Clear();
                _pending.Add(Everything);
            }

            Volatile.Write(ref _count, _pending.Count);
        }
    }

    /// <summary>All of them; they stay until <see cref="Remove"/>, because sending may fail.</summary>
    public IReadOnlyList<InvalidationTarget> Snapshot()
    {
        lock (_gate)
            return [.. _pending];
    }

    public void Remove(IReadOnlyList<InvalidationTarget> sent)
    {
        lock (_gate)
        {
            _pending.ExceptWith(sent);
            Volatile.Write(ref _count, _pending.Count);
        }
    }
}
