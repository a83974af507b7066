using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.Results;

/// <summary>The types of .NET that can be changed, and what to use instead.</summary>
internal static class MutableTypes
{
    private const string Collections = "System.Collections.Generic";
    private const string ReadOnlyCopy = "cache what has been read from it";

    private static readonly Dictionary<string, string> WaysOut = new(StringComparer.Ordinal)
    {
        [Collections + ".List`1"] = List,
        [Collections + ".IList`1"] = List,
        [Collections + ".ICollection`1"] = List,
        [Collections + ".LinkedList`1"] = List,
        [Collections + ".Queue`1"] = List,
        [Collections + ".Stack`1"] = List,
        [Collections + ".PriorityQueue`2"] = List,
        [Collections + ".HashSet`1"] = Set,
        [Collections + ".SortedSet`1"] = Set,
        [Collections + ".ISet`1"] = Set,
        [Collections + ".Dictionary`2"] = Map,
        [Collections + ".OrderedDictionary`2"] = Map,
        [Collections + ".SortedDictionary`2"] = Map,
        [Collections + ".SortedList`2"] = Map,
        [Collections + ".IDictionary`2"] = Map,
        ["System.Collections.ObjectModel.Collection`1"] = List,
        ["System.Collections.ObjectModel.ObservableCollection`1"] = List,
        ["System.Collections.Concurrent.ConcurrentBag`1"] = List,
        ["System.Collections.Concurrent.ConcurrentQueue`1"] = List,
        ["System.Collections.Concurrent.ConcurrentStack`1"] = List,
        ["System.Collections.Concurrent.ConcurrentDictionary`2"] = Map,
        ["System.Collections.ArrayList"] = List,
        ["System.Collections.IList"] = List,
        ["System.Collections.Hashtable"] = Map,
        ["System.Collections.IDictionary"] = Map,
        ["System.Collections.BitArray"] = List,
        ["System.Collections.Specialized.NameValueCollection"] = Map,
        ["System.Dynamic.ExpandoObject"] = "use a record",
        ["System.Text.StringBuilder"] = "use a string",
        ["System.Text.Json.Nodes.JsonNode"] = "use a record or a JsonElement",
        ["System.Text.Json.Nodes.JsonObject"] = "use a record or a JsonElement",
        ["System.Text.Json.Nodes.JsonArray"] = "use a record or a JsonElement",
        ["System.Xml.XmlDocument"] = ReadOnlyCopy,
        ["System.Xml.Linq.XDocument"] = ReadOnlyCopy,
        ["System.Xml.Linq.XElement"] = ReadOnlyCopy,
        ["System.Data.DataTable"] = ReadOnlyCopy,
        ["System.Data.DataSet"] = ReadOnlyCopy,
        ["System.Memory`1"] = "use ReadOnlyMemory<T>",
        ["System.ArraySegment`1"] = "use ReadOnlyMemory<T> or IReadOnlyList<T>",
    };

    private static readonly HashSet<string> Names = new(WaysOut.Keys.Select(name => name.Substring(name.LastIndexOf('.') + 1)), StringComparer.Ordinal);

    private const string List = "use IReadOnlyList<T> or ImmutableArray<T>";
    private const string Set = "use IReadOnlySet<T> or FrozenSet<T>";
    private const string Map = "use IReadOnlyDictionary<TKey, TValue> or FrozenDictionary<TKey, TValue>";

    /// <summary>What to use instead of a type; null if it is not one of those that can be changed.</summary>
    public static string? WayOut(INamedTypeSymbol type)
    {
        // A class of the user's that derives from a list is one.
        foreach (var current in type.SelfAndBases())
        {
            var definition = (INamedTypeSymbol)current.OriginalDefinition;
            if (Names.Contains(definition.MetadataName) && !definition.ContainingNamespace.IsGlobalNamespace
                && WaysOut.TryGetValue(definition.ContainingNamespace.ToDisplayString() + "." + definition.MetadataName, out string? wayOut))
            {
                return wayOut;
            }
        }

        return null;
    }
}
