using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CachedAttr.Serialization;

namespace CachedAttr.Interop;

/// <summary>Writes values as JSON: for types that no cached method declares, and that therefore have no generated serializer.</summary>
internal sealed class JsonCacheSerializer<T>(JsonTypeInfo<T> type) : ICacheSerializer<T>
{
    public void Serialize(T value, IBufferWriter<byte> destination)
    {
        using var writer = new Utf8JsonWriter(destination);
        JsonSerializer.Serialize(writer, value, type);
    }

    public T Deserialize(ReadOnlySequence<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        return JsonSerializer.Deserialize(ref reader, type)!;
    }

    /// <summary>Makes the serializer of a type.</summary>
    /// <param name="options">What knows the types; null for reflection, where the application has it.</param>
    /// <returns>Null if the type is not known.</returns>
    public static JsonCacheSerializer<T>? Create(JsonSerializerOptions? options) =>
        (options ?? Reflection())?.TryGetTypeInfo(typeof(T), out var type) == true ? new((JsonTypeInfo<T>)type) : null;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where reflection is on, which it is not in a trimmed application unless that asks for it.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "As above.")]
    private static JsonSerializerOptions? Reflection() => JsonSerializer.IsReflectionEnabledByDefault ? JsonSerializerOptions.Default : null;
}
