namespace CachedAttr.Invalidation;

/// <summary>
/// Exact keys of the log, or its tags, as long as a backend may give out, or a load in progress may bring, what is older than they are. Thread-safe.
/// </summary>
/// <remarks>
/// In this process an exact key is carried out at once, and nothing would have to be remembered. An entry from a backend may be older than its key's record: the
/// record can be known here before the tombstone has taken the entry's place there. After the longest load both tombstone and age check have seen to it.
/// </remarks>
/// <param name="retention">How long they are remembered, in the log's numbers.</param>
/// <param name="raisesFloor">Whether forgetting one makes everything older invalid. Not needed where nothing older can turn up by then.</param>
internal sealed class KeyRecords(long retention, bool raisesFloor = false)
{
    /// <summary>How many are remembered at most; beyond that the floor rises.</summary>
    public const int Capacity = 1_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _latest = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, long Sequence)> _order = new();
    private long _floor;
    private long _forgotten;

    /// <summary>The highest number of a record that has been forgotten. Raised before the record goes.</summary>
    public long Forgotten
    {
        get
        {
            lock (_gate)
                return _forgotten;
        }
    }

    /// <summary>Takes in a record.</summary>
    public void Add(string key, long sequence)
    {
        lock (_gate)
        {
            _latest[key] = Math.Max(sequence, _latest.GetValueOrDefault(key));
            _order.Enqueue((key, sequence));
            while (_order.TryPeek(out var oldest) && (_order.Count > Capacity || oldest.Sequence < sequence - retention))
            {
                _order.Dequeue();
                if (!_latest.TryGetValue(oldest.Key, out long latest) || latest != oldest.Sequence)
                    continue; // it came again
                _forgotten = Math.Max(_forgotten, latest);
                if (raisesFloor || _order.Count >= Capacity)
                    _floor = latest;
                _latest.Remove(oldest.Key);
            }
        }
    }

    /// <summary>Whether a key has a record that is newer than a stamp.</summary>
    public bool IsInvalidated(ReadOnlySpan<char> key, long stamp)
    {
        lock (_gate)
            return stamp < _floor || (_latest.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out long sequence) && sequence > stamp);
    }

    /// <summary>The number of a key's last record; 0 if it has none.</summary>
    public long LastOf(ReadOnlySpan<char> key)
    {
        lock (_gate)
            return _latest.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out long sequence) ? sequence : 0;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _latest.Clear();
            _order.Clear();
            _floor = 0;
            _forgotten = 0;
        }
    }
}
