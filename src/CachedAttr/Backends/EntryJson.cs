using System.Buffers;
using CachedAttr.Coherence;
using CachedAttr.Serialization;

namespace CachedAttr.Backends;

/// <summary>Shows an entry's value as JSON, for tools. What a serializer of the application's own has written is shown only if it is MessagePack.</summary>
public static class EntryJson
{
    /// <summary>The value of an entry as JSON.</summary>
    /// <param name="entry">The entry, as a backend has it; untrusted.</param>
    /// <param name="maxSize">The most bytes that its payload may have when it is decompressed.</param>
    /// <param name="indented">Whether the JSON is spread over lines.</param>
    /// <returns>The JSON; <see langword="null"/> if the entry is damaged, or a tombstone, or not MessagePack.</returns>
    public static string? Write(ReadOnlyMemory<byte> entry, int maxSize = 16 * 1024 * 1024, bool indented = false)
    {
        if (!EntryHeader.TryRead(new ReadOnlySequence<byte>(entry), out var header, out var payload) || header.IsTombstone)
            return null;
        if ((header.Flags & EntryFlags.Counter) != EntryFlags.None)
            return CounterValue.TryRead<long>(entry, out long number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        try
        {
            if ((header.Flags & EntryFlags.Compressed) == EntryFlags.None)
                return MessagePackJson.Write(payload, indented);
            using var restored = new PooledBufferWriter();
            return PayloadCompression.TryDecompress(payload, maxSize, restored) ? MessagePackJson.Write(new(restored.WrittenMemory), indented) : null;
        }
        catch (MessagePackException)
        {
            return null;
        }
    }
}
