namespace CachedAttr.Backends;

/// <summary>
/// The invalidation log as data in memory, for backends that have nothing better: who appends, who reads, and what is forgotten. Not thread-safe.
/// </summary>
/// <remarks>
/// Numbers are microseconds by the given clock, or one more than the last. A position that was given out counts as used, so that no later record is at or
/// below it, whatever the clock does. See src/CachedAttr/Invalidation/README.md for why records may be forgotten.
/// </remarks>
/// <param name="settings">How long and how many records are remembered.</param>
/// <param name="epoch">The log's number; not 0.</param>
internal sealed class BackendLog(BackendSettings settings, long epoch)
{
    /// <summary>How many records a page has at most.</summary>
    public const int PageSize = 10_000;

    private readonly RecordQueue _keys = new(settings.MaxKeys, settings.MaxLoad);
    private readonly RecordQueue _others = new(settings.MaxPatterns, settings.MaxTimeToLive + settings.MaxLoad);

    /// <summary>Which log this is.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>The number of the last record.</summary>
    public long Last { get; private set; }

    /// <summary>The highest position that was given out.</summary>
    public long Given { get; private set; }

    /// <summary>Patterns and tags up to here may have been forgotten.</summary>
    public long Floor => _others.Floor;

    /// <summary>Exact keys up to here may have been forgotten.</summary>
    public long KeyFloor => _keys.Floor;

    /// <summary>How many records there are.</summary>
    public int Count => _keys.Count + _others.Count;

    /// <summary>All records by number.</summary>
    public IReadOnlyList<LogRecord> Everything() => [.. _keys.After(0).Concat(_others.After(0)).OrderBy(static record => record.Sequence)];

    /// <summary>Takes over a stored log.</summary>
    public void Restore(IEnumerable<LogRecord> records, long last, long given, long floor, long keyFloor)
    {
        foreach (var record in records)
            QueueOf(record.What).Add(record);
        (Last, Given) = (last, given);
        (_others.Floor, _keys.Floor) = (floor, keyFloor);
    }

    /// <summary>Appends a record. The same invalidation again moves to the end.</summary>
    /// <returns>Its number.</returns>
    public long Append(InvalidationTarget what, long now)
    {
        Last = Math.Max(Math.Max(Last, Given) + 1, now);
        QueueOf(what).Add(new(Last, what));
        Forget(now);
        return Last;
    }

    /// <summary>What there is after a position.</summary>
    public LogPage Read(LogPosition after, long now, long appended = 0)
    {
        Forget(now);
        long from = after.Epoch == Epoch ? after.Sequence : 0;
        var records = _keys.After(from).Concat(_others.After(from)).OrderBy(static record => record.Sequence).ToList();
        bool more = records.Count > PageSize;
        if (more)
            records.RemoveRange(PageSize, records.Count - PageSize);
        long upTo = more ? records[^1].Sequence : Math.Max(Math.Max(Last, from), now - 1);
        Given = Math.Max(Given, upTo);
        return new LogPage
        {
            Epoch = Epoch,
            After = from,
            UpTo = upTo,
            Records = records,
            HasMore = more,
            Appended = appended,
            Floor = Floor,
            KeyFloor = KeyFloor,
            Time = now,
        };
    }

    private RecordQueue QueueOf(InvalidationTarget what) => what.Kind == InvalidationKind.Key ? _keys : _others;

    private void Forget(long now)
    {
        _keys.Forget(now);
        _others.Forget(now);
    }

    /// <summary>Records that are forgotten after the same time, oldest first.</summary>
    private sealed class RecordQueue(int capacity, TimeSpan retention)
    {
        private readonly LinkedList<LogRecord> _records = [];
        private readonly Dictionary<InvalidationTarget, LinkedListNode<LogRecord>> _latest = [];

        public int Count => _records.Count;

        public long Floor { get; set; }

        public void Add(LogRecord record)
        {
            if (_latest.Remove(record.What, out var before))
                _records.Remove(before);
            _latest.Add(record.What, _records.AddLast(record));
        }

        /// <summary>The records after a number, newest first: it costs what they are, not what there is.</summary>
        public IEnumerable<LogRecord> After(long sequence)
        {
            for (var node = _records.Last; node is not null && node.Value.Sequence > sequence; node = node.Previous)
                yield return node.Value;
        }

        public void Forget(long now)
        {
            long limit = now - (long)retention.TotalMicroseconds;
            while (_records.First is { } oldest && (_records.Count > capacity || oldest.Value.Sequence <= limit))
            {
                Floor = oldest.Value.Sequence;
                _latest.Remove(oldest.Value.What);
                _records.RemoveFirst();
            }
        }
    }
}
