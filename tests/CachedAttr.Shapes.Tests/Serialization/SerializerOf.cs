using System.Buffers;
using System.Reflection;
using CachedAttr.Loading;
using CachedAttr.Serialization;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>Finds the generated serializers of a type's cached methods.</summary>
internal static class SerializerOf
{
    public static IEnumerable<string> Methods(Type service) => Fields(service).Select(field => field.Name);

    /// <summary>The serializer of a method; null if its result cannot be serialized.</summary>
    public static object? Method(Type service, string method)
    {
        object description = Fields(service).Single(field => field.Name == method).GetValue(null)!;
        return description.GetType().GetProperty("Serializer")!.GetValue(description);
    }

    public static ICacheSerializer<T> Method<T>(Type service, string method) => Assert.IsAssignableFrom<ICacheSerializer<T>>(Method(service, method));

    public static byte[] Serialize<T>(this ICacheSerializer<T> serializer, T value)
    {
        ArrayBufferWriter<byte> buffer = new();
        serializer.Serialize(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static T Deserialize<T>(this ICacheSerializer<T> serializer, byte[] payload) => serializer.Deserialize(new ReadOnlySequence<byte>(payload));

    private static IEnumerable<FieldInfo> Fields(Type service) =>
        service.GetNestedType("CachedMethods", BindingFlags.NonPublic)!.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => typeof(CachedMethod).IsAssignableFrom(field.FieldType));
}
