using CachedAttr.Backends;
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
/// <para>
/// Numbers are microseconds with <see cref="ExtraBits"/> bits behind them. Alone, the log gives them out by its own clock. Behind a backend they are the
/// backend's (extra bits 0), and what is appended while it cannot be reached takes the extra bits of the last one that is known: so it is above whatever was
/// loaded before, and below every record of the backend that is not known yet.
/// </para>
/// </remarks>
internal sealed class InvalidationLog
{
    /// <summary>How many different patterns are remembered at most. Each is asked once by every entry that it may concern.</summary>
    public const int MaxRecords = 4096;

    /// <summary>How many bits of a number are this process's own.</summary>
    public const int ExtraBits = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogRecord> _byPattern = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _retention;
    private readonly KeyRecords? _keys;
    private readonly KeyRecords _tags;
    private volatile bool _following;
    private LogRecord? _newest;
    private LogRecord? _oldest;
    private long _head;
    private long _own;
    private long _floor;
    private long _keyFloor;
    private long _lastTag;

    /// <param name="time">The clock whose microseconds the sequence numbers follow.</param>
    /// <param name="retention">How long records are kept: the longest time to live, plus the longest load.</param>
    /// <param name="keys">Exact keys, which have to be remembered where a backend may still hold what was loaded before.</param>
    public InvalidationLog(TimeProvider time, TimeSpan retention, KeyRecords? keys = null)
    {
        _time = time;
        _retention = retention;
        _keys = keys;
        _tags = new((long)retention.TotalMicroseconds << ExtraBits, raisesFloor: true);
        _head = Clock();
    }

    /// <summary>The highest sequence number given out. Reading it before a load begins gives the load's stamp.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Where the log is, for who asks for something that it will judge by the log when it comes.</summary>
    /// <returns>The mark; the count first, so that what is given out after it is noticed.</returns>
    public LogMark Mark()
    {
        long own = Volatile.Read(ref _own);
        return new(Volatile.Read(ref _head), own);
    }

    /// <summary>Whether this process has given out numbers of its own since a mark.</summary>
    public bool HasOwnSince(LogMark mark) => Volatile.Read(ref _own) != mark.Own;

    /// <summary>Stamps below this can no longer be judged.</summary>
    public long Floor => Volatile.Read(ref _floor);

    /// <summary>
    /// Whether an exact key, or what came after there were no numbers left, may have been forgotten that is newer than a stamp. Where tombstones keep older loads
    /// out that does not matter; elsewhere what has such a stamp can no longer be judged. To be asked after <see cref="IsInvalidated"/>.
    /// </summary>
    public bool HasForgottenKeysSince(long stamp) => stamp < Volatile.Read(ref _keyFloor) || stamp < _keys?.Forgotten;

    /// <summary>How many records are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _byPattern.Count;
        }
    }

    /// <summary>
    /// Gives out a sequence number for an invalidation of one exact key, which its store carries out by itself. If there are none left, it is the head:
    /// older loads are kept away by their flights alone then.
    /// </summary>
    public long AppendExact()
    {
        lock (_gate)
        {
            long sequence = Next();
            if (sequence == 0)
                return _head;
            Volatile.Write(ref _head, sequence);
            return sequence;
        }
    }

    /// <summary>Appends a pattern under a number of this process. One that is already there moves to the head.</summary>
    /// <returns>Its sequence number; 0 if there are none left until the backend is back.</returns>
    public long Append(KeyPattern pattern)
    {
        lock (_gate)
        {
            long sequence = Next();
            if (sequence != 0)
                Append(pattern, sequence);
            else
                Volatile.Write(ref _keyFloor, _head);
            return sequence;
        }
    }

    /// <summary>Appends a tag under a number of this process.</summary>
    /// <returns>Its sequence number; 0 if there are none left until the backend is back.</returns>
    public long AppendTag(string tag)
    {
        lock (_gate)
        {
            long sequence = Next();
            if (sequence != 0)
                AddTag(tag, sequence);
            else
                Volatile.Write(ref _keyFloor, _head);
            return sequence;
        }
    }

    /// <summary>Takes in a tag of the backend's log.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="sequence">Its number.</param>
    public void TakeInTag(string tag, long sequence)
    {
        lock (_gate)
            AddTag(tag, sequence);
    }

    /// <summary>Takes in a pattern of the backend's log.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="sequence">Its number: above all that were taken in before.</param>
    public void TakeIn(KeyPattern pattern, long sequence)
    {
        lock (_gate)
            Append(pattern, sequence);
    }

    /// <summary>Takes in an exact key of the backend's log.</summary>
    /// <param name="key">The key.</param>
    /// <param name="sequence">Its number.</param>
    public void TakeIn(string key, long sequence) => _keys?.Add(key, sequence);

    /// <summary>Notes that exact keys have been forgotten of which this process has never heard.</summary>
    /// <param name="upTo">The number of the last of them.</param>
    public void ForgetKeys(long upTo)
    {
        lock (_gate)
            Volatile.Write(ref _keyFloor, Math.Max(_keyFloor, upTo));
    }

    /// <summary>Notes that the backend's log has been followed to a point.</summary>
    /// <param name="position">The point.</param>
    /// <param name="floor">Stamps below can no longer be judged.</param>
    public void AdvanceTo(long position, long floor)
    {
        lock (_gate)
        {
            Volatile.Write(ref _floor, Math.Max(_floor, floor));
            Volatile.Write(ref _head, Math.Max(_head, position));
        }
    }

    /// <summary>Whether numbers are a backend's.</summary>
    public bool IsFollowing => _following;

    /// <summary>Begins to follow a log of a backend. Whatever the regions hold is to be dropped after this.</summary>
    /// <param name="position">Where it begins.</param>
    public void Follow(long position)
    {
        lock (_gate)
        {
            _following = true;
            _byPattern.Clear();
            Volatile.Write(ref _newest, null);
            _oldest = null;
            _keys?.Clear();
            _tags.Clear();
            Volatile.Write(ref _lastTag, 0);
            Volatile.Write(ref _floor, 0);
            Volatile.Write(ref _keyFloor, 0);
            Volatile.Write(ref _head, position);
        }
    }

    // The head moves before the regions are told, as with a pattern: what they have checked counts as being as new as this, and what this process appends
    // meanwhile has to be above it.
    private void AddTag(string tag, long sequence)
    {
        _tags.Add(tag, sequence);
        Volatile.Write(ref _lastTag, Math.Max(_lastTag, sequence));
        Volatile.Write(ref _head, Math.Max(_head, sequence));
    }

    private void Append(KeyPattern pattern, long sequence)
    {
        // The record joins the chain before the head moves: a load whose stamp is this sequence number began after the invalidation.
        var record = new LogRecord(sequence, pattern);
        Link(record);
        if (_byPattern.TryGetValue(record.Text, out var same))
            Unlink(same);
        _byPattern[record.Text] = record;
        Forget(sequence);
        Volatile.Write(ref _head, Math.Max(_head, sequence));
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

        return found || stamp < Floor || _keys?.IsInvalidated(key, stamp) == true;
    }

    /// <summary>Whether there is a record of any tag.</summary>
    public bool HasTags => LastTag > 0;

    /// <summary>The number of the last record of a tag; 0 if there is none.</summary>
    public long LastTag => Volatile.Read(ref _lastTag);

    /// <summary>Whether one of a value's tags has been invalidated since its stamp.</summary>
    public bool AreTagsInvalidated(IReadOnlyList<string> tags, long stamp)
    {
        for (int i = 0; i < tags.Count; i++)
        {
            if (_tags.IsInvalidated(tags[i], stamp))
                return true;
        }

        return tags.Count > 0 && stamp < Floor;
    }

    /// <summary>The number of the last record that concerns a key; 0 if there is none.</summary>
    public long LastOf(ReadOnlySpan<char> key)
    {
        long last = _keys?.LastOf(key) ?? 0;
        lock (_gate)
        {
            for (var record = _newest; record is not null && record.Sequence > last; record = record.Older)
            {
                if (record.Pattern.IsMatch(key))
                    return record.Sequence;
            }
        }

        return last;
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

    private long Next()
    {
        if (!_following)
            return Math.Max(_head + 1, Clock());

        // First, and before the number can be seen: who has asked before takes care (Mark).
        Volatile.Write(ref _own, _own + 1);

        // The next microsecond may be one that the backend has given to a record which is not known here yet.
        return (_head + 1) >> ExtraBits == _head >> ExtraBits ? _head + 1 : 0;
    }

    private long Clock() => Microseconds.Of(_time.GetUtcNow()) << ExtraBits;

    private void Forget(long now)
    {
        long limit = now - ((long)_retention.TotalMicroseconds << ExtraBits);
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
