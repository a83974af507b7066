using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CachedAttr.Serialization;

namespace CachedAttr.Backends;

// A counter is an entry with EntryFlags.Counter whose payload is always nine bytes: a MessagePack int64 (0xD3), so that adding never moves anything.

/// <summary>Reads and writes counters. Any entry whose payload is a MessagePack integer can be counted on.</summary>
public static class CounterEntry
{
    /// <summary>The greatest counter, and with a minus the smallest: 2^53 - 1, because scripts in Redis count with doubles.</summary>
    public const long MaxValue = (1L << 53) - 1;

    private const int Length = EntryHeader.Length + 9;

    /// <summary>The entry of a counter.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="position">The point of the log up to which its increments are valid.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(long value, LogPosition position)
    {
        byte[] entry = new byte[Length];
        new EntryHeader { Epoch = position.Epoch, Stamp = position.Sequence, Flags = EntryFlags.Counter }.Write(entry);
        entry[EntryHeader.Length] = MessagePackCode.Int64;
        BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(EntryHeader.Length + 1), value);
        return entry;
    }

    /// <summary>The value of a counter.</summary>
    /// <param name="entry">The entry's bytes.</param>
    /// <param name="header">Its header.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False if the payload is not a whole number.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> entry, out EntryHeader header, out long value)
    {
        value = 0;
        if (!EntryHeader.TryRead(new(entry), out header, out var payload) || (header.Flags & ~(EntryFlags.Counter | EntryFlags.Unguarded)) != EntryFlags.None)
            return false;
        try
        {
            MessagePackReader reader = new(payload);
            if (reader.PeekType() != MessagePackType.Integer)
                return false;
            value = reader.ReadInt64();
            return reader.End;
        }
        catch (MessagePackException)
        {
            return false;
        }
    }

    /// <summary>The counter after an increment.</summary>
    /// <param name="existing">The entry that is there; <see langword="null"/> for none.</param>
    /// <param name="increment">What to add.</param>
    /// <param name="key">For the message.</param>
    /// <param name="value">The new value.</param>
    /// <param name="begins">Whether the counter begins, so that its time to live does as well.</param>
    /// <returns>The bytes to store.</returns>
    /// <exception cref="OverflowException">The sum is out of range.</exception>
    /// <exception cref="InvalidOperationException">The entry is not a whole number.</exception>
    public static byte[] Add(ReadOnlyMemory<byte>? existing, CounterIncrement increment, string key, out long value, out bool begins)
    {
        long stamp = 0;
        value = 0;
        begins = existing is not { } bytes || !EntryHeader.TryReadStamp(bytes.Span, out stamp, out var flags)
            || (flags & EntryFlags.Tombstone) != EntryFlags.None || stamp < increment.NotBefore;
        if (!begins && !TryRead(existing!.Value, out _, out value))
            throw new InvalidOperationException($"The value under '{key}' is not a whole number, so it cannot be incremented. Use another key for the counter.");
        Int128 sum = (Int128)value + increment.By;
        if (sum > MaxValue || sum < -MaxValue)
            throw new OverflowException(FormattableString.Invariant($"The counter under '{key}' is {value}; {increment.By} more would be beyond {MaxValue}."));
        value = (long)sum;
        return Write(value, increment.Position with { Sequence = Math.Max(stamp, increment.Position.Sequence) });
    }
}

/// <summary>What is added to a counter.</summary>
/// <param name="By">What to add; may be negative.</param>
/// <param name="TimeToLive">Of a counter that begins; one that is there keeps its own.</param>
/// <param name="Position">Up to where the caller has followed the log: the new entry's stamp, unless it has a higher one.</param>
/// <param name="NotBefore">The number of the last invalidation that the caller knows to concern the key: an entry with a lower stamp counts as none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CounterIncrement(long By, TimeSpan TimeToLive, LogPosition Position, long NotBefore);
