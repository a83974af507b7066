using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the struct that is the typed key of a method with several key values.</summary>
internal static class KeyStructEmitter
{
    private const int MaxCombined = 8;

    public static void Emit(SourceWriter writer, KeyModel key, CachedMethodNames names)
    {
        string name = names.Key;
        var fields = Fields(key, names);
        string parameters = string.Join(", ", fields.Select(field => $"{field.Hole.Value.Type} {Display.Identifier(field.Hole.Name)}"));

        writer.Separate();
        writer.Open($"public readonly struct {name}({parameters}) : global::System.IEquatable<{name}>");
        foreach (var (hole, field) in fields)
            writer.WriteLine($"public readonly {hole.Value.Type} {field} = {Display.Identifier(hole.Name)};");
        writer.Separate();
        writer.WriteLine($"public bool Equals({name} other) =>");
        writer.WriteContinued(string.Join("\n&& ", fields.Select(field => Equality(field.Hole.Value.Scalar!, field.Field))) + ";");
        writer.Separate();
        writer.WriteLine($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
        writer.Separate();
        writer.WriteLine($"public override int GetHashCode() => {Hash([.. fields.Select(field => field.Field)])};");
        writer.Close();
    }

    /// <summary>The struct's fields, in the order of its constructor.</summary>
    public static IReadOnlyList<(HoleModel Hole, string Field)> Fields(KeyModel key, CachedMethodNames names)
    {
        var scope = new NameScope(names.Key, "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize");
        return [.. key.ValueHoles.Select(hole => (hole, scope.Take(Pascal(hole.Name))))];
    }

    private static string Equality(ScalarModel scalar, string field) =>
        scalar.Equality == ScalarEquality.Exact ? $"global::CachedAttr.Keys.KeyEquality.AreSame({field}, other.{field})" : $"{field} == other.{field}";

    private static string Hash(IReadOnlyList<string> fields) => fields.Count <= MaxCombined
        ? $"global::System.HashCode.Combine({string.Join(", ", fields)})"
        : $"global::System.HashCode.Combine({string.Join(", ", fields.Take(MaxCombined - 1))}, {Hash([.. fields.Skip(MaxCombined - 1)])})";

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
