using System.Buffers;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Serialization;

internal delegate void Writing(ref MessagePackWriter writer);

internal delegate T Reading<out T>(ref MessagePackReader reader);

/// <summary>Runs writers, readers and formatters on whole payloads.</summary>
internal static class Codec
{
    public static byte[] Bytes(Writing write)
    {
        using PooledBufferWriter buffer = new();
        MessagePackWriter writer = new(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static T Value<T>(byte[] payload, Reading<T> read)
    {
        MessagePackReader reader = new(payload);
        T value = read(ref reader);
        Assert.True(reader.End, "The reader left bytes behind.");
        return value;
    }

    public static byte[] Encode<T, TFormatter>(T value)
        where TFormatter : struct, IMessagePackFormatter<T> =>
        Bytes((ref MessagePackWriter writer) => TFormatter.Write(ref writer, value));

    public static T Decode<T, TFormatter>(byte[] payload)
        where TFormatter : struct, IMessagePackFormatter<T> =>
        Decode<T, TFormatter>(new ReadOnlySequence<byte>(payload));

    public static T Decode<T, TFormatter>(in ReadOnlySequence<byte> payload)
        where TFormatter : struct, IMessagePackFormatter<T>
    {
        MessagePackReader reader = new(payload);
        T value = TFormatter.Read(ref reader);
        Assert.True(reader.End, "The formatter left bytes behind.");
        return value;
    }
}
