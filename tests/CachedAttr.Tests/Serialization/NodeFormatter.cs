using CachedAttr.Serialization;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Tests.Serialization;

/// <summary>A type that contains itself.</summary>
public sealed record Node(int Id, string? Name, List<Node>? Children);

#pragma warning disable CS8631, CS8620 // nullability of a formatter's type argument

/// <summary>Written by hand in the shape in which the generator emits formatters of types that contain themselves.</summary>
public readonly struct NodeFormatter : IMessagePackFormatter<Node?>
{
    public static void Write(ref MessagePackWriter writer, Node? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Enter();
        writer.WriteArrayHeader(3);
        Int32Formatter.Write(ref writer, value.Id);
        StringFormatter.Write(ref writer, value.Name);
        ListFormatter<Node, NodeFormatter>.Write(ref writer, value.Children);
        writer.Leave();
    }

    public static Node? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.Enter();
        reader.ReadArrayHeader(3);
        Node node = new(
            Int32Formatter.Read(ref reader),
            StringFormatter.Read(ref reader),
            ListFormatter<Node, NodeFormatter>.Read(ref reader));
        reader.Leave();
        return node;
    }

    public static void Describe(SchemaBuilder schema)
    {
        if (!schema.BeginObject<Node>(SchemaLayout.Array))
            return;

        schema.Member<int, Int32Formatter>("Id");
        schema.Member<string?, StringFormatter>("Name");
        schema.Member<List<Node>?, ListFormatter<Node, NodeFormatter>>("Children");
        schema.EndObject();
    }
}
