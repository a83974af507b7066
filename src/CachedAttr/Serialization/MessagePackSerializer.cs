using System.Buffers;

namespace CachedAttr.Serialization;

/// <summary>Serializes the values that one formatter writes.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public sealed class MessagePackSerializer<T, TFormatter> : ICacheSerializer<T>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public ulong SchemaFingerprint => Shape.Fingerprint;

    /// <inheritdoc/>
    /// <exception cref="MessagePackException">The value has no MessagePack form: a cyclic graph, for one.</exception>
    public void Serialize(T value, IBufferWriter<byte> destination)
    {
        MessagePackWriter writer = new(destination);
        TFormatter.Write(ref writer, value);
        writer.Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="MessagePackException">The payload is not exactly one such value.</exception>
    public T Deserialize(ReadOnlySequence<byte> payload)
    {
        MessagePackReader reader = new(payload);
        T value = Read(ref reader);
        if (!reader.End)
            throw new MessagePackException(FormattableString.Invariant($"{reader.Remaining} bytes follow the value."));
        return value;
    }

    // Formatters run code that is not theirs: constructors, setters, GetHashCode. What that throws at values it never expected to see is one
    // more way for a payload to be wrong.
    private static T Read(ref MessagePackReader reader)
    {
        try
        {
            return TFormatter.Read(ref reader);
        }
        catch (Exception e) when (e is not (MessagePackException or OutOfMemoryException))
        {
            throw new MessagePackException($"The payload's {typeof(T).Name} could not be rebuilt: {e.Message}", e);
        }
    }

    // Apart from the serializer, so that the hash is computed only when it is asked for.
    private static class Shape
    {
        public static readonly ulong Fingerprint = SchemaBuilder.FingerprintOf<T, TFormatter>();
    }
}
