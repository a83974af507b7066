using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CachedAttr.Loading;
using CachedAttr.Serialization;

namespace CachedAttr.Coherence;

/// <summary>The serializers of one cache by type: those of the options, then the generated and the built-in ones. Thread-safe.</summary>
internal sealed class SerializerTable(Cache cache, CacheOptions options)
{
    private readonly ICacheSerializerFactory[] _factories = [.. options.Serializers];
    private readonly ConcurrentDictionary<Type, object> _known = new();
    private readonly ConcurrentDictionary<Type, bool> _missing = new();

    /// <summary>The serializer of a method's results; <see langword="null"/> if they cannot leave the process.</summary>
    public ICacheSerializer<T>? Of<T>(ICacheSerializer<T>? generated) => FromFactories<T>() ?? generated;

    /// <summary>The serializer of values set by hand.</summary>
    public bool TryGet<T>([NotNullWhen(true)] out ICacheSerializer<T>? serializer)
    {
        serializer = _known.TryGetValue(typeof(T), out object? known) ? (ICacheSerializer<T>)known
            : FromFactories<T>() ?? (BuiltInSerializers.TryGet<T>(out var builtIn) ? builtIn : null) ?? FromMethods<T>();
        if (serializer is not null)
            _known[typeof(T)] = serializer;
        return serializer is not null;
    }

    /// <summary>Whether it is the first time that a type is found to have none.</summary>
    public bool IsNews<T>() => _missing.TryAdd(typeof(T), true);

    private ICacheSerializer<T>? FromFactories<T>()
    {
        foreach (var factory in _factories)
        {
            if (factory.TryCreate<T>(out var made))
                return made;
        }

        return null;
    }

    private ICacheSerializer<T>? FromMethods<T>() =>
        cache.Regions.All.OfType<CacheRegion<T>>().Select(static region => region.Serializer).FirstOrDefault(static serializer => serializer is not null);
}

/// <summary>Writes and reads values of a type where they are kept as objects.</summary>
internal sealed class BoxedSerializer<T>(ICacheSerializer<T> serializer) : ICacheSerializer<object?>
{
    public ulong SchemaFingerprint => serializer.SchemaFingerprint;

    public void Serialize(object? value, System.Buffers.IBufferWriter<byte> destination) => serializer.Serialize((T)value!, destination);

    public object? Deserialize(System.Buffers.ReadOnlySequence<byte> payload) => serializer.Deserialize(payload);
}
