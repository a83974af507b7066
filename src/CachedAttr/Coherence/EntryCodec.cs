using System.Buffers;
using CachedAttr.Backends;
using CachedAttr.Serialization;

namespace CachedAttr.Coherence;

/// <summary>Marks a serializer whose payloads are left as they are, also where others are compressed.</summary>
internal interface IUncompressed;

/// <summary>Turns values into entries of a backend, and entries into values.</summary>
/// <param name="maxSize">The most bytes that an entry may have, and a payload when it is decompressed.</param>
/// <param name="compressAbove">Payloads with more bytes are compressed; <see langword="null"/>: none.</param>
internal sealed class EntryCodec(int maxSize, int? compressAbove)
{
    private const int DefaultCapacity = 4096;

    /// <summary>Writes an entry.</summary>
    /// <param name="value">The value.</param>
    /// <param name="serializer">Writes the payload; may throw.</param>
    /// <param name="header">The header, except for the flags and the fingerprint, which are set here.</param>
    /// <param name="size">How many bytes the entry has.</param>
    /// <returns>
    /// The entry; <see langword="null"/> if it is over the limit. An array of its own: a call that was given up may still be sending it.
    /// </returns>
    public byte[]? Write<T>(T value, ICacheSerializer<T> serializer, EntryHeader header, out int size)
    {
        using var payload = new PooledBufferWriter();
        using var notes = new PooledBufferWriter(header.Notes is null ? 0 : DefaultCapacity);
        header.Notes?.Write(notes);
        using var compressed = new PooledBufferWriter(compressAbove is null ? 0 : DefaultCapacity);
        serializer.Serialize(value, payload);
        var chosen = payload;
        if (payload.WrittenCount > compressAbove && serializer is not IUncompressed && PayloadCompression.TryCompress(payload.WrittenSpan, compressed))
        {
            chosen = compressed;
            header = header with { Flags = header.Flags | EntryFlags.Compressed };
        }

        size = EntryHeader.Length + notes.WrittenCount + chosen.WrittenCount;
        if (size > maxSize)
            return null;
        byte[] entry = GC.AllocateUninitializedArray<byte>(size);
        header.Write(entry);
        notes.WrittenSpan.CopyTo(entry.AsSpan(EntryHeader.Length));
        chosen.WrittenSpan.CopyTo(entry.AsSpan(EntryHeader.Length + notes.WrittenCount));
        (header with { SchemaFingerprint = EntryHeader.FingerprintOf(entry, serializer.SchemaFingerprint) }).Write(entry);
        return entry;
    }

    /// <summary>Reads an entry's payload.</summary>
    /// <param name="entry">The entry; untrusted.</param>
    /// <param name="header">Its header.</param>
    /// <param name="payload">What follows the header.</param>
    /// <param name="serializer">Reads the payload; may throw.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the payload is of another shape, or damaged.</returns>
    public bool TryRead<T>(ReadOnlySpan<byte> entry, EntryHeader header, in ReadOnlySequence<byte> payload, ICacheSerializer<T> serializer, out T value)
    {
        value = default!;
        if (header.SchemaFingerprint != EntryHeader.FingerprintOf(entry, serializer.SchemaFingerprint))
            return false;
        try
        {
            if ((header.Flags & EntryFlags.Compressed) == EntryFlags.None)
            {
                value = serializer.Deserialize(payload);
                return true;
            }

            using var restored = new PooledBufferWriter();
            if (!PayloadCompression.TryDecompress(payload, maxSize, restored))
                return false;
            value = serializer.Deserialize(new(restored.WrittenMemory));
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return false; // whatever a serializer throws, the entry is damaged
        }
    }
}
