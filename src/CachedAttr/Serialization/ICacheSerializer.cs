using System.Buffers;

namespace CachedAttr.Serialization;

/// <summary>
/// How values of one type become bytes in a backend, and bytes become values again. Implementations are used by many threads at once.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
public interface ICacheSerializer<T>
{
    /// <summary>
    /// What identifies the shape that payloads are written for; an entry with another fingerprint is a miss. 0, the default, if this
    /// serializer copes with payloads of older shapes by itself.
    /// </summary>
    ulong SchemaFingerprint => 0;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value; null is one of the values of a class.</param>
    /// <param name="destination">Receives the bytes.</param>
    void Serialize(T value, IBufferWriter<byte> destination);

    /// <summary>Reads a value. Whatever this throws, the cache takes the entry for damaged: a miss, which the next load overwrites.</summary>
    /// <param name="payload">The bytes; untrusted, and valid only during the call.</param>
    /// <returns>The value.</returns>
    T Deserialize(ReadOnlySequence<byte> payload);
}
