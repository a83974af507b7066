using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the codec of a method whose key values are all scalars: typed key to key string and back.</summary>
internal static class CodecEmitter
{
    public static void Emit(SourceWriter writer, KeyModel key, CachedMethodNames names)
    {
        string type = TypedKey.Type(key, names.Key);
        writer.Separate();
        writer.Open($"private sealed class {names.Codec} : global::CachedAttr.Keys.KeyCodec<{type}>");
        EmitWrite(writer, key, names, type);
        EmitTryRead(writer, key, names, type);
        writer.Close();
    }

    private static void EmitWrite(SourceWriter writer, KeyModel key, CachedMethodNames names, string type)
    {
        var fields = KeyStructEmitter.Fields(key, names).ToDictionary(field => field.Hole, field => field.Field);
        writer.Open($"public override void Write(ref {KeyWriting.Writer} writer, {type} key)");
        new KeyWriting(writer, new NameScope("writer", "key"), names.KeyParts).Append("writer", key.Segments, hole => key.Form switch
        {
            KeyForm.Bare => "key",
            KeyForm.Text => "key.Text",
            _ => "key." + fields[hole],
        });
        writer.Close();
    }

    private static void EmitTryRead(SourceWriter writer, KeyModel key, CachedMethodNames names, string type)
    {
        var scope = new NameScope("text", "key", "reader");
        var reads = new List<string>();
        var locals = new Dictionary<HoleModel, string>();
        foreach (var segment in key.Segments)
            reads.Add(Read(segment, local: hole => Local(locals, hole, scope)));
        reads.Add("reader.AtEnd");

        writer.Separate();
        writer.Open($"public override bool TryRead(global::System.ReadOnlySpan<char> text, out {type} key)");
        writer.WriteLine("var reader = new global::CachedAttr.Keys.KeyReader(text);");
        writer.Open("if (" + string.Join("\n    && ", reads) + ")");
        writer.WriteLine($"key = {Value(key, [.. key.ValueHoles.Select(hole => locals[hole])])};");
        writer.WriteLine("return true;");
        writer.Close();
        writer.Separate();
        writer.WriteLine("key = default;\nreturn false;");
        writer.Close();
    }

    private static string Read(KeySegment segment, Func<HoleModel, string> local)
    {
        if (segment.Literal is { } literal)
            return $"reader.TryReadLiteral({Literals.Of(literal)})";
        var hole = segment.Hole!;
        if (hole.Kind == HoleKind.TypeParameter)
            return $"reader.TryReadLiteral(global::CachedAttr.Keys.TypeKey<{hole.Value.Type}>.Text)";
        var scalar = hole.Value.Scalar!;
        string target = local(hole);
        return $"reader.{ReadMethod(scalar)}({Target(hole)} {target}{KeyWriting.Delimiter(segment.Delimiter)})";
    }

    private static string Target(HoleModel hole) => hole.Value.Scalar! switch
    {
        { Kind: ScalarKind.String } or { Kind: ScalarKind.Formattable, IsNullable: false } => "out var",
        _ => $"out {hole.Value.Type}",
    };

    // A hole that is there twice is read twice; that both say the same is found out when the key is written again.
    private static string Local(Dictionary<HoleModel, string> locals, HoleModel hole, NameScope scope)
    {
        string local = scope.Take(hole.Name);
        if (!locals.ContainsKey(hole))
            locals.Add(hole, Display.Identifier(local));
        return Display.Identifier(local);
    }

    private static string Value(KeyModel key, IReadOnlyList<string> locals) => key.Form switch
    {
        KeyForm.Constant => "default",
        KeyForm.Bare => locals[0],
        _ => $"new({string.Join(", ", key.ValueHoles.Zip(locals, (hole, local) => IsNeverNull(hole) ? local + "!" : local))})",
    };

    // A key of a string that should not be null may still say that it is.
    private static bool IsNeverNull(HoleModel hole) => hole.Value is { Scalar.Kind: ScalarKind.String, Type: "string" };

    private static string ReadMethod(ScalarModel scalar) => scalar.Kind switch
    {
        ScalarKind.String => "TryReadString",
        ScalarKind.Formattable when !scalar.IsNullable => $"TryRead<{scalar.Type}>",
        ScalarKind.Enum => "TryReadEnum",
        ScalarKind.Formattable or ScalarKind.Character when scalar.IsNullable => "TryReadNullable",
        _ => "TryRead",
    };
}
