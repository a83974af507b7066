using System.Buffers;
using CachedAttr.Coherence;
using CachedAttr.Serialization;

namespace CachedAttr.Interop;

/// <summary>How values of one type are kept where <see cref="HybridCacheAdapter"/> keeps them: shared if nobody can change them, as bytes if somebody could.</summary>
/// <param name="serializer">Writes and reads them; null if nothing can, which does for what is shared and has no backend.</param>
/// <param name="isShared">Whether all callers get the same instance.</param>
internal sealed class HybridForm<T>(ICacheSerializer<T>? serializer, bool isShared)
{
    private readonly ICacheSerializer<object?>? _compressed = Create(serializer, isShared);
    private readonly ICacheSerializer<object?>? _plain = serializer is null ? null : new Plain(Create(serializer, isShared)!);

    public ICacheSerializer<object?>? Serializer(bool isCompressed) => isCompressed ? _compressed : _plain;

    /// <summary>What is kept of a value.</summary>
    /// <exception cref="InvalidOperationException">It has to be copied, and nothing can.</exception>
    public object? Store(T value, out Exception? failure)
    {
        failure = null;
        if (isShared || value is null)
            return value;
        if (serializer is null)
        {
            throw new InvalidOperationException(
                $"HybridCache gives every caller a copy of a {typeof(T)}, and nothing here can write one: give AsHybridCache or AddCachedAttrHybridCache the JsonSerializerOptions "
                + "of a JsonSerializerContext that knows the type, add a factory to CacheOptions.Serializers, or mark a type that nobody changes with [ImmutableObject(true)].");
        }

        try
        {
            return StoredCopy<T>.Of(value, serializer);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            failure = exception;
            return new UnstoredValue<T>(value);
        }
    }

    /// <summary>What a caller gets.</summary>
    public T Read(object? stored, string key)
    {
        if (stored is UnstoredValue<T> unstored)
            return unstored.Value;
        if (!StoredCopy.TryRead<T>(stored, out var value))
            throw new InvalidOperationException($"The value under '{key}' is a {stored?.GetType().ToString() ?? "null"}, not a {typeof(T)}.");

        // What was set by hand is shared there.
        return isShared || value is null || serializer is null || stored is StoredCopy ? value : StoredCopy<T>.Of(value, serializer).Read();
    }

    private static ICacheSerializer<object?>? Create(ICacheSerializer<T>? serializer, bool isShared) =>
        serializer is null ? null : isShared ? new BoxedSerializer<T>(serializer) : new CopySerializer(serializer);

    /// <summary>Writes copies as they are. What comes from the backend is read once before it is believed.</summary>
    private sealed class CopySerializer(ICacheSerializer<T> inner) : ICacheSerializer<object?>
    {
        public ulong SchemaFingerprint => inner.SchemaFingerprint;

        public void Serialize(object? value, IBufferWriter<byte> destination)
        {
            if (value is StoredCopy<T> copy)
                destination.Write(copy.Payload);
            else
                inner.Serialize((T)value!, destination);
        }

        public object? Deserialize(ReadOnlySequence<byte> payload)
        {
            var copy = new StoredCopy<T>(payload.ToArray(), inner);
            return copy.Read() is null ? null : copy;
        }
    }

    private sealed class Plain(ICacheSerializer<object?> inner) : ICacheSerializer<object?>, IUncompressed
    {
        public ulong SchemaFingerprint => inner.SchemaFingerprint;

        public void Serialize(object? value, IBufferWriter<byte> destination) => inner.Serialize(value, destination);

        public object? Deserialize(ReadOnlySequence<byte> payload) => inner.Deserialize(payload);
    }
}
