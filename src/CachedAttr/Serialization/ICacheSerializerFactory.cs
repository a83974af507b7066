using System.Diagnostics.CodeAnalysis;

namespace CachedAttr.Serialization;

/// <summary>Makes serializers for the types it knows, in place of the generated ones; System.Text.Json, for one, or MessagePack-CSharp.</summary>
public interface ICacheSerializerFactory
{
    /// <summary>Makes the serializer of a type; the cache asks once for each type, and keeps it.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="serializer">The serializer.</param>
    /// <returns>False if this factory does not know the type; the next one is asked then.</returns>
    bool TryCreate<T>([NotNullWhen(true)] out ICacheSerializer<T>? serializer);
}
