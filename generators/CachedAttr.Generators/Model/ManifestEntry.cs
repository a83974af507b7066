namespace CachedAttr.Generators.Model;

/// <summary>What the assembly's manifest says of a cached method.</summary>
/// <param name="Times">The times that may contradict others, which a start-up check has to know before the method is called.</param>
internal sealed record ManifestEntry(
    string Type, string Method, string Template, string ValueType, EquatableArray<NumberModel> Times, string? Policy, EquatableArray<string> Tags)
{
    private static readonly string[] TimeNames = ["Ttl", "Sliding", "StaleWhileRevalidate", "StaleIfError", "LoadTimeout", "SoftTimeout"];

    public static ManifestEntry Of(CachedMethodModel model) => new(
        model.Type.FullName,
        model.Method.Name,
        model.Key.Template,
        model.ValueTypeForDisplay,
        model.Policy.Numbers.Where(number => TimeNames.Contains(number.Name)).ToEquatableArray(),
        model.Policy.Name,
        model.Tags.Select(tag => tag.Template).ToEquatableArray());

    /// <summary>In an order that does not depend on files and edits.</summary>
    public static EquatableArray<ManifestEntry> InOrder(IEnumerable<ManifestEntry> entries) => entries
        .OrderBy(entry => entry.Type, StringComparer.Ordinal).ThenBy(entry => entry.Method, StringComparer.Ordinal)
        .ThenBy(entry => entry.Template, StringComparer.Ordinal).ToEquatableArray();
}
