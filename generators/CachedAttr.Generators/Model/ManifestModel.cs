namespace CachedAttr.Generators.Model;

/// <summary>The assembly's manifest, in an order that does not depend on files and edits.</summary>
internal sealed record ManifestModel(EquatableArray<ManifestEntry> Cached, EquatableArray<InvalidationEntry> Invalidating)
{
    public static ManifestModel Of(IEnumerable<ManifestEntry> cached, IEnumerable<InvalidationEntry> invalidating) => new(
        ManifestEntry.InOrder(cached),
        invalidating.Where(entry => entry.Patterns.Count > 0).OrderBy(entry => entry.Type, StringComparer.Ordinal).ThenBy(entry => entry.Method, StringComparer.Ordinal)
            .ThenBy(entry => string.Join("\n", entry.Patterns), StringComparer.Ordinal).ToEquatableArray());

    public bool IsEmpty => Cached.Count + Invalidating.Count == 0;
}
