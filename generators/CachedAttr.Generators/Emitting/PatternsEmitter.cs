using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the class that makes the patterns with holes of a type's invalidating methods.</summary>
internal static class PatternsEmitter
{
    public static void Emit(SourceWriter writer, string name, IReadOnlyList<(InvalidatingMethodModel Model, InvalidatingMethodNames Names)> methods)
    {
        var withHoles = methods.Where(method => method.Names.Texts.Count > 0).ToList();
        if (withHoles.Count == 0)
            return;
        writer.Separate();
        writer.WriteLine(TypeEmitter.GeneratedCode);
        writer.Open($"private static class {name}");
        foreach (var (model, names) in withHoles)
        {
            if (names.Container is null)
                EmitPatterns(writer, model, names);
            else
                EmitGeneric(writer, model, names);
        }

        writer.Close();
    }

    private static void EmitGeneric(SourceWriter writer, InvalidatingMethodModel model, InvalidatingMethodNames names)
    {
        var generics = model.Method.Generics;
        writer.Separate();
        writer.Open($"public static class {names.Container}{generics.List}{string.Concat(generics.AllConstraints.Select(clause => "\n    " + clause))}");
        EmitPatterns(writer, model, names);
        KeyPartsEmitter.Emit(writer, names.KeyParts, model.Shapes);
        writer.Close();
    }

    private static void EmitPatterns(SourceWriter writer, InvalidatingMethodModel model, InvalidatingMethodNames names)
    {
        foreach (var text in model.Texts.Where(text => text.Holes.Any()).Distinct())
            KeyTextEmitter.Emit(writer, names.Texts[text], text.Segments, text.Holes, text.UsesSecret, names.KeyParts);
    }
}
