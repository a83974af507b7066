using System.Buffers;
using System.Runtime.InteropServices;
using CachedAttr.Serialization;

namespace CachedAttr.Backends;

// An entry in a backend is two MessagePack objects in a row:
//
//   array  [0] version            uint8    1
//          [1] schema fingerprint uint64   ICacheSerializer.SchemaFingerprint of the payload's type
//          [2] epoch              int64    of the invalidation log; another one means that the log was lost, and the entry with it
//          [3] stamp              int64    point of the log followed before the load began, microseconds since 1970 UTC
//          [4] created            int64    when the load ended, microseconds since 1970 UTC
//          [5] soft expiry        int64    after it the entry is stale, microseconds since 1970 UTC; 0 = it never is
//          [6] flags              uint32   see EntryFlags
//          [7...]                          fields of later minor versions: any MessagePack, skipped by readers that do not know them
//   value  the payload; with EntryFlags.Compressed see PayloadCompression
//
// Every integer is in its smallest encoding, so the array takes 32 to 40 bytes as a rule. Version changes only when the first seven change
// their meaning. Lua in Redis reads the stamp with cmsgpack; as microseconds it is exact in a double until the year 2255.

/// <summary>What stands before the payload of every entry in a backend; the bytes are described above its declaration.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EntryHeader
{
    /// <summary>The version that this code writes, and the only one it reads.</summary>
    public const byte CurrentVersion = 1;

    private const int FieldCount = 7;

    /// <summary>What identifies the shape that the payload was written for.</summary>
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

    /// <summary>Writes the header; the payload follows.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.WriteUInt32(CurrentVersion);
        writer.WriteUInt64(SchemaFingerprint);
        writer.WriteInt64(Epoch);
        writer.WriteInt64(Stamp);
        writer.WriteInt64(Created);
        writer.WriteInt64(SoftExpiry);
        writer.WriteUInt32((uint)Flags);
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

        for (int i = FieldCount; i < count; i++)
            reader.Skip();
        header = read;
        return true;
    }
}
