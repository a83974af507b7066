using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the class that composes objects into hashes: one method for each type.</summary>
internal static class KeyPartsEmitter
{
    private const string Hash = "global::CachedAttr.Keys.CompositeHash";

    public static void Emit(SourceWriter writer, string name, IEnumerable<TypeShapeModel> shapes)
    {
        var distinct = shapes.GroupBy(shape => shape.Type, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.First()).ToList();
        if (distinct.Count == 0)
            return;

        // Types that differ only in nullable annotations are one type here.
        writer.Separate();
        writer.WriteLine("#nullable disable");
        writer.WriteLine(TypeEmitter.GeneratedCode);
        writer.Open($"private static class {name}");
        foreach (var shape in distinct)
            EmitShape(writer, shape);
        writer.Close();
        writer.WriteLine("#nullable enable");
    }

    private static void EmitShape(SourceWriter writer, TypeShapeModel shape)
    {
        writer.Separate();
        writer.Open($"public static void Add(ref {Hash} hash, {shape.Type} value)");
        if (shape.NullTest is { } nullTest)
        {
            writer.Open($"if ({nullTest})");
            writer.WriteLine("hash.AddNull();\nreturn;");
            writer.Close();
            writer.Separate();
        }

        if (shape.IsOpen)
        {
            writer.WriteLine($"if (value.GetType() != typeof({shape.Type}))");
            writer.WriteContinued($"throw new global::System.NotSupportedException({Literals.Of(DerivedMessage(shape.Type))});");
            writer.Separate();
        }

        EmitContent(writer, shape);
        writer.Close();
    }

    private static void EmitContent(SourceWriter writer, TypeShapeModel shape)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Object:
                writer.WriteLine($"hash.BeginObject({Literals.Of(shape.Type.Replace("global::", ""))});");
                foreach (var member in shape.Members)
                    writer.WriteLine($"hash.Member({Literals.Of(member.Name)});\n{Add(member, "hash", "value." + Display.Identifier(member.Name))}");
                writer.WriteLine("hash.EndObject();");
                break;
            case ShapeKind.Sequence:
                writer.WriteLine("hash.BeginList();");
                writer.WriteLine(Loop(shape));
                writer.WriteContinued(Add(shape.Members[0], "hash", "item"));
                writer.WriteLine("hash.EndList();");
                break;
            case ShapeKind.Bytes:
                writer.WriteLine("hash.Add(new global::System.ReadOnlySpan<byte>(value));");
                break;
            case ShapeKind.Nullable:
                writer.WriteLine(Add(shape.Members[0], "hash", "value.Value"));
                break;
            default:
                EmitUnordered(writer, shape);
                break;
        }
    }

    private static void EmitUnordered(SourceWriter writer, TypeShapeModel shape)
    {
        writer.WriteLine("int items = hash.BeginUnordered();");
        writer.Open(Loop(shape));
        writer.WriteLine("int element = hash.BeginElement();");
        foreach (var member in shape.Members)
            writer.WriteLine(Add(member, "hash", shape.Kind == ShapeKind.Map ? "item." + member.Name : "item"));
        writer.WriteLine("hash.EndElement(element);");
        writer.Close();
        writer.Separate();
        writer.WriteLine("hash.EndUnordered(items);");
    }

    private static string Loop(TypeShapeModel shape) =>
        $"foreach (var item in {(shape.Interface is null ? "value" : $"({shape.Interface})value")})";

    private static string Add(ShapeMember member, string hash, string expression) => KeyWriting.AddToHash("", hash, member.Value, expression) + ";";

    private static string DerivedMessage(string type) =>
        $"A type derived from {type.Replace("global::", "")} may have members that the key would not contain. Mark the members that make up the key with [CacheKey].";
}
