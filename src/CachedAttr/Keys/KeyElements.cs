using System.ComponentModel;

namespace CachedAttr.Keys;

/// <summary>Makes one text for each element of a collection. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyElements
{
    /// <summary>One text for each element.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="elements">The collection; <see langword="null"/> counts as empty.</param>
    /// <param name="make">Makes the text.</param>
    /// <returns>The texts, each once.</returns>
    public static string[] Of<T>(IEnumerable<T>? elements, Func<T, string> make) => elements is null ? [] : [.. elements.Select(make).Distinct(StringComparer.Ordinal)];
}
