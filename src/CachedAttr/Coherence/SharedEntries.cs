using System.Buffers;
using System.Runtime.InteropServices;
using CachedAttr.Backends;
using CachedAttr.Invalidation;
using CachedAttr.Serialization;
using CachedAttr.Telemetry;

namespace CachedAttr.Coherence;

/// <summary>Judges the entries of a backend by the log that this process follows, and writes those that it puts there. Thread-safe.</summary>
internal sealed class SharedEntries(Cache cache, LogFollower follower, EntryCodec codec)
{
    private long _unreadable;
    private long _refused;

    /// <summary>How many entries were damaged, or of another shape.</summary>
    public long Unreadable => Interlocked.Read(ref _unreadable);

    /// <summary>How many values were not stored because they were too large, or could not be written.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The value of an entry, if it is valid and can be read.</summary>
    public Fetched<T> Read<T>(string key, ReadOnlyMemory<byte> bytes, ICacheSerializer<T> serializer, LogFollower.Question asked)
    {
        if (!IsValid(key, bytes, out var header, out var payload))
            return default;
        long now = follower.Now;
        bool isCounter = (header.Flags & EntryFlags.Counter) != EntryFlags.None;
        T? value;
        if (isCounter ? !CounterValue.TryRead(bytes, out value) : !codec.TryRead(bytes.Span, header, payload, serializer, out value))
        {
            Interlocked.Increment(ref _unreadable);
            return default;
        }

        // Another process may have followed the log further than this one. Here the entry counts as no newer than what is known: what this process invalidates
        // while it is cut off takes numbers right above that, and has to be above the entry's.
        long stamp = Math.Min(header.Stamp << InvalidationLog.ExtraBits, cache.Log.Head);

        // The same for what was invalidated while the entry was on its way: the number of that may be the head, or below it by now.
        if (cache.Log.HasOwnSince(asked.Mark))
            stamp = Math.Min(stamp, asked.Mark.Head);
        return new(true, value!, stamp, header.SoftExpiry > 0 ? TimeSpan.FromMicroseconds(header.SoftExpiry - now) : null, isCounter)
        {
            Age = TimeSpan.FromMicroseconds(Math.Max(0, now - header.Created)),
            Notes = header.Notes,
            Asked = asked,
        };
    }

    /// <summary>Whether an entry is valid by all that is known here.</summary>
    public bool IsValid(string key, ReadOnlyMemory<byte> bytes, out EntryHeader header, out ReadOnlySequence<byte> payload)
    {
        if (!EntryHeader.TryRead(new(bytes), out header, out payload))
        {
            Interlocked.Increment(ref _unreadable);
            return false;
        }

        long stamp = header.Stamp << InvalidationLog.ExtraBits;

        // Before the log is known the fallback is used, under numbers of this process's own clock. They mean nothing once the log is followed, even if not to its end yet.
        return !header.IsTombstone && header.Epoch == follower.Epoch && (header.Epoch != 0 || !cache.Log.IsFollowing)
            && !cache.Log.IsInvalidated(key, stamp) && !cache.Log.AreTagsInvalidated(header.Notes?.Tags ?? [], stamp)
            && ((header.Flags & EntryFlags.Unguarded) == EntryFlags.None || !cache.Log.HasForgottenKeysSince(stamp));
    }

    /// <summary>Writes an entry; null if it cannot be, which is counted and logged.</summary>
    public byte[]? Write<T>(string key, T value, ICacheSerializer<T> serializer, LogPosition position, TimeSpan timeToLive, EntryFlags flags, EntryNotes? notes)
    {
        long now = follower.Now;
        var header = new EntryHeader
        {
            Epoch = position.Epoch,
            Stamp = position.Sequence,
            Created = now,
            SoftExpiry = now + (long)timeToLive.TotalMicroseconds,
            Flags = flags,
            Notes = notes,
        };
        try
        {
            byte[]? entry = codec.Write(value, serializer, header, out int size);
            if (entry is null && Interlocked.Increment(ref _refused) > 0)
                cache.Logger.EntryTooLarge(ShortKey.Of(key), size);
            return entry;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Interlocked.Increment(ref _refused);
            cache.Logger.SerializationFailed(ShortKey.Of(key), typeof(T).Name, exception);
            return null;
        }
    }
}

/// <summary>What was found in the second tier.</summary>
/// <param name="Found">Whether there is a valid value.</param>
/// <param name="Value">The value.</param>
/// <param name="Stamp">Its stamp, in this process's numbers.</param>
/// <param name="Remaining">What is left of its time to live, less than nothing if it is stale; <see langword="null"/>: as much as that of any other.</param>
/// <param name="IsCounter">Whether others change it without a record in the log, so that it is not kept here.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Fetched<T>(bool Found, T Value, long Stamp, TimeSpan? Remaining, bool IsCounter)
{
    /// <summary>How long ago it was loaded.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>What is kept with it.</summary>
    public EntryNotes? Notes { get; init; }

    /// <summary>When, and of which log, the backend was asked.</summary>
    public LogFollower.Question Asked { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags => Notes?.Tags ?? [];

    /// <summary>Whether there is a value, and its time to live has not ended.</summary>
    public bool IsFresh => Found && !(Remaining <= TimeSpan.Zero);
}
