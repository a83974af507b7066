using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the statements that write a key.</summary>
/// <param name="writer">Where to.</param>
/// <param name="scope">The names of the method around the statements.</param>
/// <param name="keyParts">The class that composes objects.</param>
internal sealed class KeyWriting(SourceWriter writer, NameScope scope, string keyParts)
{
    public const string Writer = "global::CachedAttr.Keys.KeyWriter";
    private const string CompositeHash = "global::CachedAttr.Keys.CompositeHash";

    /// <summary>Statements that append segments to a key writer.</summary>
    /// <param name="target">The key writer.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="valueOf">The expression of a hole's value.</param>
    /// <param name="cache">The expression of the cache whose secret is used.</param>
    public void Append(string target, IEnumerable<KeySegment> segments, Func<HoleModel, string> valueOf, string cache = "")
    {
        foreach (var segment in segments)
        {
            if (segment.Literal is { } literal)
                writer.WriteLine($"{target}.AppendLiteral({Literals.Of(literal)});");
            else
                Append(target, segment.Hole!, segment.Delimiter, valueOf, cache);
        }
    }

    private void Append(string target, HoleModel hole, char delimiter, Func<HoleModel, string> valueOf, string cache)
    {
        string ending = Delimiter(delimiter);
        switch (hole.Kind)
        {
            case HoleKind.TypeParameter:
                writer.WriteLine($"{target}.AppendLiteral(global::CachedAttr.Keys.TypeKey<{hole.Value.Type}>.Text);");
                break;
            case HoleKind.Scalar:
                writer.WriteLine($"{target}.{AppendMethod(hole.Value.Scalar!)}({valueOf(hole)}{ending});");
                break;
            case HoleKind.Formatted:
                writer.WriteLine($"{target}.{Formatted(hole, valueOf(hole))}{ending});");
                break;
            default:
                AppendHash(target, hole, valueOf(hole), hole.Kind == HoleKind.Hashed ? cache + ".CreateKeyedHash()" : $"new {CompositeHash}()");
                break;
        }
    }

    private void AppendHash(string target, HoleModel hole, string value, string create)
    {
        string hash = scope.Take("hash");
        writer.WriteLine($"var {hash} = {create};");
        writer.WriteLine($"{AddToHash(keyParts + ".", hash, hole.Value, value)};");
        writer.WriteLine($"{hash}.AppendTo(ref {target});\n{hash}.Dispose();");
    }

    private static string Formatted(HoleModel hole, string value) => hole.Value.Scalar!.IsNullable
        ? $"Append({value}?.ToString({Literals.Of(hole.Format!)}, global::System.Globalization.CultureInfo.InvariantCulture)"
        : $"AppendFormatted({value}, {Literals.Of(hole.Format!)}";

    /// <summary>The call that adds a value to a hash.</summary>
    public static string AddToHash(string keyParts, string hash, ValueModel value, string expression) =>
        value.Scalar is { } scalar ? $"{hash}.{AddMethod(scalar)}({expression})" : $"{keyParts}Add(ref {hash}, {expression})";

    public static string Delimiter(char delimiter) => delimiter == ':' ? "" : ", " + Literals.Of(delimiter);

    private static string AppendMethod(ScalarModel scalar) => scalar.Kind switch
    {
        ScalarKind.Enum => "AppendEnum",
        ScalarKind.Formattable or ScalarKind.Character when scalar.IsNullable => "AppendNullable",
        _ => "Append",
    };

    private static string AddMethod(ScalarModel scalar) => scalar.Kind switch
    {
        ScalarKind.Enum => "AddEnum",
        ScalarKind.Formattable or ScalarKind.Character when scalar.IsNullable => "AddNullable",
        _ => "Add",
    };
}
