using System.Collections.Immutable;
using System.Globalization;

namespace CachedAttr.Generators.Model;

/// <summary>Puts the methods of each type together.</summary>
internal static class TypeGrouping
{
    public static IEnumerable<CachedTypeModel> Group(
        ImmutableArray<CachedMethodModel> cached, ImmutableArray<InvalidatingMethodModel> invalidating, IEnumerable<RefusedMethodModel> refused)
    {
        var cachedByType = cached.ToLookup(method => method.Type);
        var invalidatingByType = invalidating.ToLookup(method => method.Type);

        // One with attributes of two kinds is refused twice.
        var refusedByType = refused.Distinct().ToLookup(method => method.Type);
        var hintNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return cachedByType.Select(group => group.Key).Concat(invalidatingByType.Select(group => group.Key)).Concat(refusedByType.Select(group => group.Key)).Distinct()
            .Select(type => new CachedTypeModel(
                type with { HintName = Unused(hintNames, type.HintName) },
                cachedByType[type].ToEquatableArray(),
                invalidatingByType[type].ToEquatableArray(),
                refusedByType[type].ToEquatableArray()));
    }

    // Types may differ only in case, files must not.
    private static string Unused(HashSet<string> names, string name)
    {
        string unused = name;
        for (int i = 2; !names.Add(unused); i++)
            unused = name.Replace(".g.cs", "-" + i.ToString(CultureInfo.InvariantCulture) + ".g.cs");
        return unused;
    }
}
