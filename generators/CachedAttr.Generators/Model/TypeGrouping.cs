using System.Collections.Immutable;
using System.Globalization;

namespace CachedAttr.Generators.Model;

/// <summary>Puts the methods of each type together.</summary>
internal static class TypeGrouping
{
    public static IEnumerable<CachedTypeModel> Group(ImmutableArray<CachedMethodModel> cached, ImmutableArray<InvalidatingMethodModel> invalidating)
    {
        var cachedByType = cached.ToLookup(method => method.Type);
        var invalidatingByType = invalidating.ToLookup(method => method.Type);
        var hintNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return cached.Select(method => method.Type).Concat(invalidating.Select(method => method.Type)).Distinct()
            .Select(type => new CachedTypeModel(
                type with { HintName = Unused(hintNames, type.HintName) }, cachedByType[type].ToEquatableArray(), invalidatingByType[type].ToEquatableArray()));
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
