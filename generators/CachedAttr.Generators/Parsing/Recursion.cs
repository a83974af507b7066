using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Parsing;

/// <summary>Tells the types whose values can contain values of the same type.</summary>
internal static class Recursion
{
    /// <summary>The same formatters, ordered by type, each with the answer.</summary>
    public static EquatableArray<ObjectFormatterModel> Mark(IEnumerable<ObjectFormatterModel> objects)
    {
        var ordered = objects.OrderBy(model => model.Type, StringComparer.Ordinal).ToList();
        var uses = ordered.ToDictionary(
            model => model.Type, model => model.Members.SelectMany(member => member.Formatter.Objects).Distinct().ToList(), StringComparer.Ordinal);
        return ordered.Select(model => model with { IsRecursive = Reaches(uses, model.Type) }).ToEquatableArray();
    }

    private static bool Reaches(Dictionary<string, List<string>> uses, string type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(uses[type]);
        while (open.Count > 0)
        {
            string next = open.Pop();
            if (next == type)
                return true;
            if (!seen.Add(next))
                continue;
            foreach (string used in uses[next])
                open.Push(used);
        }

        return false;
    }
}
