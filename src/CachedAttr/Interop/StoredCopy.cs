using CachedAttr.Coherence;
using CachedAttr.Serialization;

namespace CachedAttr.Interop;

/// <summary>A value that its users may change, kept as the bytes of it: whoever reads it gets a copy of their own.</summary>
internal abstract class StoredCopy
{
    /// <summary>Reads what is kept under a key that no method has: the value itself, or a copy.</summary>
    public static bool TryRead<T>(object? stored, out T value)
    {
        if (stored is StoredCopy<T> copy)
        {
            value = copy.Read();
            return true;
        }

        value = stored is T own ? own : default!;
        return stored is T || (stored is null && default(T) is null);
    }
}

/// <inheritdoc/>
/// <param name="payload">What the serializer has written; nobody else's.</param>
/// <param name="serializer">Reads it.</param>
internal sealed class StoredCopy<T>(byte[] payload, ICacheSerializer<T> serializer) : StoredCopy
{
    public ReadOnlySpan<byte> Payload => payload;

    public T Read() => serializer.Deserialize(new(payload));

    public static StoredCopy<T> Of(T value, ICacheSerializer<T> serializer)
    {
        using var buffer = new PooledBufferWriter();
        serializer.Serialize(value, buffer);
        return new(buffer.WrittenSpan.ToArray(), serializer);
    }
}

/// <summary>A value that cannot be copied: given to those who wait for it, and not stored.</summary>
internal sealed record UnstoredValue<T>(T Value);
