using CachedAttr.Keys;

namespace CachedAttr.Invalidation;

/// <summary>
/// The log of pattern invalidations: who holds a value with a stamp asks whether a record after that stamp concerns its key.
/// </summary>
/// <remarks>
/// <para>
/// Appending costs the same however many entries there are, because nothing is searched for: entries find out by themselves when they are read.
/// Records are chained from the newest to the oldest; readers follow the chain without a lock, appending and forgetting happen under one.
/// </para>
/// <para>
/// Invariant: for every stamp s, either all records with a sequence number above s are in the chain, or s is below <see cref="Floor"/>, in which case
/// whatever carries it counts as invalidated. Forgetting a record therefore raises the floor first; it costs misses, never correctness.
/// The proof of the whole is in README.md beside this file.
/// </para>
/// </remarks>
internal sealed class InvalidationLog
{
    /// <summary>How many different patterns are remembered at most. Each is asked once by every entry that it may concern.</summary>
    public const int MaxRecords = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogRecord> _byPattern = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _retention;
    private LogRecord? _newest;
    private LogRecord? _oldest;
    private long _head;
    private long _floor;

    /// <param name="time">The clock whose microseconds the sequence numbers follow.</param>
    /// <param name="retention">How long records are kept: the longest time to live, plus the longest load.</param>
    public InvalidationLog(TimeProvider time, TimeSpan retention)
    {
        _time = time;
        _retention = retention;
        _head = Microseconds(time.GetUtcNow());
    }

    /// <summary>The highest sequence number given out. Reading it before a load begins gives the load's stamp.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Stamps below this can no longer be judged.</summary>
    public long Floor => Volatile.Read(ref _floor);

    /// <summary>How many records are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _byPattern.Count;
        }
    }

    /// <summary>Gives out a sequence number for an invalidation of one exact key, which its store carries out by itself.</summary>
    public long AppendExact()
    {
        lock (_gate)
            return Advance();
    }

    /// <summary>Appends a pattern. One that is already there moves to the head.</summary>
    /// <returns>Its sequence number.</returns>
    public long Append(KeyPattern pattern)
    {
        lock (_gate)
        {
            // The record joins the chain before the head moves: a load whose stamp is this sequence number began after the invalidation.
            var record = new LogRecord(Next(), pattern);
            Link(record);
            if (_byPattern.TryGetValue(record.Text, out var same))
                Unlink(same);
            _byPattern[record.Text] = record;
            Forget(record.Sequence);
            Volatile.Write(ref _head, record.Sequence);
            return record.Sequence;
        }
    }

    /// <summary>Whether a value with this key and stamp has been invalidated since.</summary>
    public bool IsInvalidated(ReadOnlySpan<char> key, long stamp)
    {
        // A record leaves the chain in two cases only. It came again: then the new one was linked first, and the newest has changed. It was forgotten:
        // then the floor was raised first. So a search that found nothing is repeated under the lock in the first case, and the floor is read last.
        var newest = Volatile.Read(ref _newest);
        bool found = Search(newest, key, stamp);
        if (!found && !ReferenceEquals(newest, Volatile.Read(ref _newest)))
        {
            lock (_gate)
                found = Search(_newest, key, stamp);
        }

        return found || stamp < Floor;
    }

    private static bool Search(LogRecord? record, ReadOnlySpan<char> key, long stamp)
    {
        for (; record is not null && record.Sequence > stamp; record = record.Older)
        {
            if (record.Pattern.IsMatch(key))
                return true;
        }

        return false;
    }

    private long Next() => Math.Max(_head + 1, Microseconds(_time.GetUtcNow()));

    private long Advance()
    {
        long sequence = Next();
        Volatile.Write(ref _head, sequence);
        return sequence;
    }

    private void Forget(long now)
    {
        long limit = now - (long)_retention.TotalMicroseconds;
        while (_oldest is { } oldest && (_byPattern.Count > MaxRecords || oldest.Sequence < limit))
        {
            Volatile.Write(ref _floor, oldest.Sequence);
            _byPattern.Remove(oldest.Text);
            Unlink(oldest);
        }
    }

    private void Link(LogRecord record)
    {
        record.Older = _newest;
        if (_newest is null)
            _oldest = record;
        else
            _newest.Newer = record;
        Volatile.Write(ref _newest, record);
    }

    // The record keeps its own Older, so a reader that stands on it goes on.
    private void Unlink(LogRecord record)
    {
        if (record.Newer is null)
            Volatile.Write(ref _newest, record.Older);
        else
            record.Newer.Older = record.Older;
        if (record.Older is null)
            _oldest = record.Newer;
        else
            record.Older.Newer = record.Newer;
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>One pattern and when it was invalidated last.</summary>
    private sealed class LogRecord(long sequence, KeyPattern pattern)
    {
        private LogRecord? _older;

        public long Sequence { get; } = sequence;

        public KeyPattern Pattern { get; } = pattern;

        public string Text => Pattern.ToString();

        public LogRecord? Newer { get; set; }

        public LogRecord? Older
        {
            get => Volatile.Read(ref _older);
            set => Volatile.Write(ref _older, value);
        }
    }
}
