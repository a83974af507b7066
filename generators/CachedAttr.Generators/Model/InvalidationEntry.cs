namespace CachedAttr.Generators.Model;

/// <summary>What the assembly's manifest says of an invalidating method.</summary>
internal sealed record InvalidationEntry(string Type, string Method, EquatableArray<string> Patterns)
{
    public static InvalidationEntry Of(InvalidatingMethodModel model) =>
        new(model.Type.FullName, model.Method.Name, model.Invalidations.SelectMany(one => one.Patterns).Select(Text).Distinct().ToEquatableArray());

    private static string Text(PatternModel pattern) =>
        string.Concat(pattern.Segments.Select(segment => segment.Literal ?? $"{{{segment.Hole!.Text}}}"));
}
