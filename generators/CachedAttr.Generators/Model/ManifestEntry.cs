namespace CachedAttr.Generators.Model;

/// <summary>What the assembly's manifest says of a cached method.</summary>
internal sealed record ManifestEntry(string Type, string Method, string Template, string ValueType, double? Ttl, EquatableArray<string> Tags)
{
    public static ManifestEntry Of(CachedMethodModel model) =>
        new(model.Type.FullName, model.Method.Name, model.Key.Template, model.ValueTypeForDisplay, model.Policy.Ttl, model.Tags.Select(tag => tag.Template).ToEquatableArray());

    /// <summary>In an order that does not depend on files and edits.</summary>
    public static EquatableArray<ManifestEntry> InOrder(IEnumerable<ManifestEntry> entries) => entries
        .OrderBy(entry => entry.Type, StringComparer.Ordinal).ThenBy(entry => entry.Method, StringComparer.Ordinal)
        .ThenBy(entry => entry.Template, StringComparer.Ordinal).ToEquatableArray();
}
