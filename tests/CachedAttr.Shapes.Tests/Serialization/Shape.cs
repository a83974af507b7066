using System.Buffers;
using System.Reflection;
using CachedAttr.Serialization;
using SerializationHarness;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>The result type of a cached method, with its generated serializer and a source of random values.</summary>
internal abstract class Shape(string name)
{
    /// <summary>Every cached method that has a serializer.</summary>
    public static IReadOnlyDictionary<string, Shape> All { get; } =
        new[] { typeof(Payloads), typeof(MarkedPayloads), typeof(OddPayloads) }.SelectMany(Of).ToDictionary(shape => shape.Name);

    /// <summary>The method's name.</summary>
    public string Name { get; } = name;

    /// <summary>The payload of a seed's value.</summary>
    public byte[] Payload(int seed) => Write(Make(seed));

    /// <summary>A seed's value.</summary>
    public abstract object? Make(int seed);

    public abstract byte[] Write(object? value);

    public abstract object? Read(in ReadOnlySequence<byte> payload);

    private static IEnumerable<Shape> Of(Type service) =>
        from name in SerializerOf.Methods(service)
        let serializer = SerializerOf.Method(service, name)
        where serializer is not null
        let type = service.GetMethod(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.ReturnType
        select (Shape)Activator.CreateInstance(typeof(Shape<>).MakeGenericType(type), name, serializer)!;
}

internal sealed class Shape<T>(string name, ICacheSerializer<T> serializer) : Shape(name)
{
    public override object? Make(int seed) => RandomGraphs.Make<T>(new RandomValues(seed));

    public override byte[] Write(object? value) => serializer.Serialize((T)value!);

    public override object? Read(in ReadOnlySequence<byte> payload) => serializer.Deserialize(payload);
}
