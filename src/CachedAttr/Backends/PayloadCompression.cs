using System.Buffers;
using System.IO.Compression;
using CachedAttr.Serialization;

namespace CachedAttr.Backends;

// A compressed payload is the length of the original as a MessagePack integer, and then a Brotli stream (RFC 7932) of exactly that many bytes.

/// <summary>Compresses payloads, and restores them within bounds.</summary>
internal static class PayloadCompression
{
    // Of Brotli's 0 to 11: 4 is about where each further step costs more time than it saves bytes. The window is the format's default, 4 MB.
    private const int Quality = 4;
    private const int Window = 22;
    private const int MaxPrefix = 5;

    /// <summary>Compresses a payload.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="destination">Receives the compressed form.</param>
    /// <returns>False if that would save nothing; nothing was written then, and the payload is to be stored as it is.</returns>
    public static bool TryCompress(ReadOnlySpan<byte> payload, PooledBufferWriter destination)
    {
        if (payload.Length <= MaxPrefix)
            return false;

        byte[] compressed = ArrayPool<byte>.Shared.Rent(payload.Length);
        try
        {
            Span<byte> room = compressed.AsSpan(0, payload.Length - MaxPrefix - 1);
            if (!BrotliEncoder.TryCompress(payload, room, out int length, Quality, Window))
                return false;

            MessagePackWriter writer = new(destination);
            writer.WriteUInt32((uint)payload.Length);
            writer.WriteRaw(compressed.AsSpan(0, length));
            writer.Flush();
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    /// <summary>Restores a payload. Memory grows with what the stream really yields and never beyond the limit.</summary>
    /// <param name="compressed">What <see cref="TryCompress"/> wrote; untrusted.</param>
    /// <param name="maxLength">The most bytes that a payload may have.</param>
    /// <param name="destination">Receives the payload; what it holds is of no use if the result is false.</param>
    /// <returns>False if the bytes are malformed, or the payload is longer than allowed.</returns>
    public static bool TryDecompress(in ReadOnlySequence<byte> compressed, int maxLength, PooledBufferWriter destination)
    {
        if (!TryReadLength(compressed, out ulong length, out ReadOnlySequence<byte> stream) || length > (ulong)maxLength)
            return false;

        BrotliDecoder decoder = default;
        try
        {
            return Decompress(ref decoder, stream, (long)length, destination);
        }
        finally
        {
            decoder.Dispose();
        }
    }

    private static bool Decompress(ref BrotliDecoder decoder, in ReadOnlySequence<byte> stream, long missing, PooledBufferWriter destination)
    {
        OperationStatus status = OperationStatus.NeedMoreData;
        foreach (ReadOnlyMemory<byte> segment in stream)
        {
            if (segment.IsEmpty)
                continue;
            if (status != OperationStatus.NeedMoreData)
                return false;
            status = Decompress(ref decoder, segment.Span, ref missing, destination);
        }

        return status == OperationStatus.Done && missing == 0;
    }

    // Bytes after the stream's end, in the same segment or in another, are malformed: an entry is one stream and nothing else.
    private static OperationStatus Decompress(
        ref BrotliDecoder decoder,
        ReadOnlySpan<byte> source,
        ref long missing,
        PooledBufferWriter destination)
    {
        while (true)
        {
            // One byte more than is missing: the decoder looks at the stream's end only while it has room, and one that yields more shows.
            Span<byte> target = destination.GetSpan();
            if (target.Length > missing + 1)
                target = target[..(int)(missing + 1)];
            OperationStatus status = decoder.Decompress(source, target, out int consumed, out int written);
            destination.Advance(written);
            missing -= written;
            if (missing < 0)
                return OperationStatus.InvalidData;
            source = source[consumed..];
            if (status == OperationStatus.Done)
                return source.IsEmpty ? status : OperationStatus.InvalidData;
            if (status != OperationStatus.DestinationTooSmall)
                return status;
        }
    }

    private static bool TryReadLength(in ReadOnlySequence<byte> compressed, out ulong length, out ReadOnlySequence<byte> stream)
    {
        length = 0;
        stream = default;
        try
        {
            MessagePackReader reader = new(compressed);
            length = reader.ReadUInt64();
            stream = compressed.Slice(compressed.Length - reader.Remaining);
            return true;
        }
        catch (MessagePackException)
        {
            return false;
        }
    }
}
