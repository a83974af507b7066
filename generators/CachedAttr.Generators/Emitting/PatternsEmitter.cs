using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the class that makes the patterns with holes of a type's invalidating methods.</summary>
internal static class PatternsEmitter
{
    public static void Emit(SourceWriter writer, string name, IReadOnlyList<(InvalidatingMethodModel Model, InvalidatingMethodNames Names)> methods)
    {
        var withHoles = methods.Where(method => method.Names.Patterns.Any(patterns => patterns.Any(pattern => pattern is not null))).ToList();
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
        for (int i = 0; i < model.Invalidations.Count; i++)
        {
            for (int j = 0; j < model.Invalidations[i].Patterns.Count; j++)
            {
                var pattern = model.Invalidations[i].Patterns[j];
                if (names.Patterns[i][j] is { } name)
                    KeyTextEmitter.Emit(writer, name, pattern.Segments, pattern.Holes, pattern.UsesSecret, names.KeyParts);
            }
        }
    }
}
