using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the methods that make whole key strings and patterns.</summary>
internal static class KeyTextEmitter
{
    /// <summary>The method that makes the key of a cached method which has no other typed key.</summary>
    public static void Emit(SourceWriter writer, KeyModel key, CachedMethodNames names)
    {
        var builder = key.Form == KeyForm.Built ? "key" : null;
        Emit(writer, names.Text, key.Segments, key.ValueHoles, key.UsesSecret, names.KeyParts, builder);
    }

    /// <summary>A method that makes a string of segments.</summary>
    public static void Emit(
        SourceWriter writer, string header, IEnumerable<KeySegment> segments, IEnumerable<HoleModel> holes, bool usesSecret, string keyParts, string? ending = null)
    {
        var values = holes.Where(hole => hole.Kind != HoleKind.TypeParameter).ToList();
        var scope = new NameScope(values.Select(hole => hole.Name));
        string cache = usesSecret ? scope.Take("cache") : "";
        var parameters = values.Select(hole => $"{hole.Value.Type} {Display.Identifier(hole.Name)}");
        if (usesSecret)
            parameters = parameters.Prepend($"global::CachedAttr.Cache {cache}");
        if (ending is not null)
            parameters = parameters.Append($"string {ending}");

        string target = scope.Take("writer");
        writer.Separate();
        writer.Open($"public static string {header}({string.Join(", ", parameters)})");
        writer.WriteLine($"var {target} = new {KeyWriting.Writer}(stackalloc char[256]);");
        writer.Open("try");
        new KeyWriting(writer, scope, keyParts).Append(target, segments, hole => Display.Identifier(hole.Name), cache);
        if (ending is not null)
            writer.WriteLine($"{target}.AppendLiteral({ending});");
        writer.WriteLine($"return {target}.ToString();");
        writer.Close();
        writer.Open("finally");
        writer.WriteLine($"{target}.Dispose();");
        writer.Close();
        writer.Close();
    }
}
