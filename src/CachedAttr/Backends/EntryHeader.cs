using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using CachedAttr.Serialization;

namespace CachedAttr.Backends;

// An entry in a backend is two MessagePack objects in a row:
//
//   offset  0  array  [0] version            uint8    1
//           2         [1] fingerprint        uint64   ICacheSerializer.SchemaFingerprint of the payload's type, XOR the CRC-32C of all bytes from 29 on
//          11         [2] epoch              int64    of the invalidation log; another one means that the log was lost, and the entry with it
//          20         [3] stamp              int64    point of the log followed before the load began, microseconds since 1970 UTC
//          29         [4] created            int64    when the load ended, microseconds since 1970 UTC
//          38         [5] soft expiry        int64    after it the entry is stale, microseconds since 1970 UTC; 0 = it never is
//          47         [6] flags              uint8    see EntryFlags
//          48         [7] tags                        array of str; this and the next two only in entries that have one of them
//                     [8] entity tag                  str, or nil (RFC 9110, 8.8.3)
//                     [9] last modified               int, microseconds since 1970 UTC, or nil
//                     [10...]                         fields of later minor versions: any MessagePack, skipped by readers that do not know them
//   value  the payload; with EntryFlags.Compressed see PayloadCompression; none with EntryFlags.Tombstone
//
// The numbers are always written in nine bytes, so that a script or a statement in a backend finds the stamp where it is, and can replace it. Readers
// take any encoding. Lua in Redis counts with doubles; as microseconds a stamp is exact there until the year 2255. Version changes only when the first
// seven fields change their meaning. Epoch and stamp are not in the checksum because backends replace them; tombstones and counters, which backends
// write themselves, have no fingerprint.

/// <summary>What stands before the payload of every entry in a backend; the bytes are described above its declaration.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EntryHeader
{
    /// <summary>The version that this code writes, and the only one it reads.</summary>
    public const byte CurrentVersion = 1;

    /// <summary>How many bytes a header takes as this code writes it.</summary>
    public const int Length = 48;

    /// <summary>Where the epoch's eight bytes are, big-endian.</summary>
    public const int EpochOffset = 12;

    /// <summary>Where the stamp's eight bytes are, big-endian.</summary>
    public const int StampOffset = 21;

    /// <summary>Where the flags' byte is.</summary>
    public const int FlagsOffset = 47;

    private const int FieldCount = 7;
    private const int FingerprintOffset = 3;
    private const int CreatedOffset = 30;
    private const int SoftExpiryOffset = 39;

    /// <summary>
    /// What identifies the shape that the payload was written for, combined with a checksum of everything behind the stamp: bytes that are not those that were
    /// written are of no shape at all.
    /// </summary>
    public ulong SchemaFingerprint { get; init; }

    /// <summary>The epoch of the invalidation log that <see cref="Stamp"/> is a point of.</summary>
    public long Epoch { get; init; }

    /// <summary>Up to where the invalidation log was known before the value was loaded; microseconds since 1970 UTC.</summary>
    public long Stamp { get; init; }

    /// <summary>When the value was loaded; microseconds since 1970 UTC.</summary>
    public long Created { get; init; }

    /// <summary>When the value becomes stale; microseconds since 1970 UTC, 0 for never.</summary>
    public long SoftExpiry { get; init; }

    /// <summary>How the payload is to be read.</summary>
    public EntryFlags Flags { get; init; }

    /// <summary>What is kept with the value; null for nothing. Written behind what <see cref="Write(Span{byte})"/> writes.</summary>
    internal EntryNotes? Notes { get; init; }

    /// <summary>Whether this stands for a key that was invalidated, and for no value.</summary>
    public bool IsTombstone => (Flags & EntryFlags.Tombstone) != EntryFlags.None;

    /// <summary>What takes the place of an entry that was invalidated.</summary>
    /// <param name="position">The number of the invalidation, and its log.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Tombstone(LogPosition position)
    {
        byte[] entry = new byte[Length];
        new EntryHeader { Epoch = position.Epoch, Stamp = position.Sequence, Flags = EntryFlags.Tombstone }.Write(entry);
        return entry;
    }

    /// <summary>Writes the header; the payload follows.</summary>
    /// <param name="destination">Where to; the first <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentException">There is not that much room.</exception>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Length)
            throw new ArgumentException($"A header takes {Length} bytes; there are {destination.Length}.", nameof(destination));
        destination[0] = (byte)(MessagePackCode.FixArray | (Notes is null ? FieldCount : FieldCount + EntryNotes.FieldCount));
        destination[1] = CurrentVersion;
        WriteNumber(destination, FingerprintOffset, MessagePackCode.UInt64, unchecked((long)SchemaFingerprint));
        WriteNumber(destination, EpochOffset, MessagePackCode.Int64, Epoch);
        WriteNumber(destination, StampOffset, MessagePackCode.Int64, Stamp);
        WriteNumber(destination, CreatedOffset, MessagePackCode.Int64, Created);
        WriteNumber(destination, SoftExpiryOffset, MessagePackCode.Int64, SoftExpiry);
        destination[FlagsOffset] = (byte)Flags;
    }

    /// <summary>Replaces the stamp and the epoch of an entry that <see cref="Write"/> has begun.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="position">The new ones.</param>
    public static void Restamp(Span<byte> entry, LogPosition position)
    {
        WriteNumber(entry, EpochOffset, MessagePackCode.Int64, position.Epoch);
        WriteNumber(entry, StampOffset, MessagePackCode.Int64, position.Sequence);
    }

    /// <summary>A copy of an entry with one flag more; null for what is not one as this code writes it.</summary>
    internal static ReadOnlyMemory<byte>? With(EntryFlags flag, ReadOnlyMemory<byte>? entry)
    {
        if (entry is not { } bytes || !TryReadStamp(bytes.Span, out _, out var flags))
            return null;
        byte[] copy = bytes.ToArray();
        copy[FlagsOffset] = (byte)(flags | flag);

        // What was right stays right, and what was not stays wrong.
        ulong change = FingerprintOf(bytes.Span, 0) ^ FingerprintOf(copy, 0);
        WriteNumber(copy, FingerprintOffset, MessagePackCode.UInt64, BinaryPrimitives.ReadInt64BigEndian(copy.AsSpan(FingerprintOffset)) ^ unchecked((long)change));
        return copy;
    }

    /// <summary>Reads what a backend has to know of an entry that is there, at its fixed place.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="stamp">Its stamp.</param>
    /// <param name="flags">Its flags.</param>
    /// <returns>False if the bytes are not an entry as this code writes it: anything may take its place.</returns>
    public static bool TryReadStamp(ReadOnlySpan<byte> entry, out long stamp, out EntryFlags flags)
    {
        bool isEntry = entry.Length >= Length && (entry[0] & 0xF0) == MessagePackCode.FixArray && (entry[0] & 0x0F) >= FieldCount
            && entry[1] == CurrentVersion && entry[StampOffset - 1] == MessagePackCode.Int64;
        stamp = isEntry ? BinaryPrimitives.ReadInt64BigEndian(entry[StampOffset..]) : 0;
        flags = isEntry ? (EntryFlags)entry[FlagsOffset] : EntryFlags.None;
        return isEntry;
    }

    /// <summary>Whether an entry may take the place of another: not if that one, or a tombstone, has a higher stamp.</summary>
    /// <param name="existing">What is there; empty for nothing.</param>
    /// <param name="stamp">The new entry's stamp.</param>
    /// <returns>Whether it may.</returns>
    public static bool Admits(ReadOnlySpan<byte> existing, long stamp) => !TryReadStamp(existing, out long there, out _) || there <= stamp;

    /// <summary>What the fingerprint of an entry has to be.</summary>
    /// <param name="entry">The whole entry; anything may stand where the fingerprint does.</param>
    /// <param name="schemaFingerprint">The shape of its payload.</param>
    /// <returns>Both in one number: as different as the shapes are, and another one if a byte behind the stamp is.</returns>
    internal static ulong FingerprintOf(ReadOnlySpan<byte> entry, ulong schemaFingerprint)
    {
        const int CheckedFrom = CreatedOffset - 1;
        uint crc = uint.MaxValue;
        var rest = entry[Math.Min(CheckedFrom, entry.Length)..];
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        foreach (byte one in rest)
            crc = BitOperations.Crc32C(crc, one);
        return schemaFingerprint ^ crc;
    }

    /// <summary>Reads the header of an entry. Nothing that is wrong with the bytes makes it throw: such an entry is a miss.</summary>
    /// <param name="entry">The whole entry.</param>
    /// <param name="header">The header.</param>
    /// <param name="payload">What follows it, unread.</param>
    /// <returns>False if the bytes are malformed, or of a version or with a flag that this code does not know.</returns>
    public static bool TryRead(in ReadOnlySequence<byte> entry, out EntryHeader header, out ReadOnlySequence<byte> payload)
    {
        header = default;
        payload = default;
        try
        {
            MessagePackReader reader = new(entry);
            if (!TryRead(ref reader, out header))
                return false;

            payload = entry.Slice(entry.Length - reader.Remaining);
            return true;
        }
        catch (MessagePackException)
        {
            return false;
        }
    }

    private static bool TryRead(ref MessagePackReader reader, out EntryHeader header)
    {
        header = default;
        if (reader.PeekType() != MessagePackType.Array)
            return false;

        int count = reader.ReadArrayHeader();
        if (count < FieldCount || reader.PeekType() != MessagePackType.Integer || reader.ReadUInt64() != CurrentVersion)
            return false;

        EntryHeader read = new()
        {
            SchemaFingerprint = reader.ReadUInt64(),
            Epoch = reader.ReadInt64(),
            Stamp = reader.ReadInt64(),
            Created = reader.ReadInt64(),
            SoftExpiry = reader.ReadInt64(),
            Flags = (EntryFlags)reader.ReadUInt32(),
        };
        if ((read.Flags & ~EntryFlags.Known) != EntryFlags.None)
            return false;

        int known = FieldCount;
        if (count >= FieldCount + EntryNotes.FieldCount && (read.Flags & EntryFlags.Tombstone) == EntryFlags.None)
        {
            read = read with { Notes = EntryNotes.Read(ref reader) };
            known += EntryNotes.FieldCount;
        }

        for (int i = known; i < count; i++)
            reader.Skip();
        header = read;
        return true;
    }

    private static void WriteNumber(Span<byte> entry, int offset, byte code, long value)
    {
        entry[offset - 1] = code;
        BinaryPrimitives.WriteInt64BigEndian(entry[offset..], value);
    }
}
