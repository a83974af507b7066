using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>The types that the run time has formatters for, by metadata name.</summary>
internal static class RunTimeFormatters
{
    private static readonly Dictionary<string, string> Names = Table();

    /// <summary>The formatter's name without type arguments; null if there is none.</summary>
    public static string? Find(INamedTypeSymbol type)
    {
        if (type.ContainingType is not null || !type.IsInSystemNamespace())
            return null;
        var definition = type.OriginalDefinition;
        return Names.TryGetValue(definition.ContainingNamespace.ToDisplayString() + "." + definition.MetadataName, out string? name) ? name : null;
    }

    /// <summary>The way to a part, for people.</summary>
    public static string PathOf(string formatter, string path, int part) => formatter switch
    {
        "NullableFormatter" => path,
        "TupleFormatter" or "ValueTupleFormatter" => path + (part == 7 ? ".Rest" : FormattableString.Invariant($".Item{part + 1}")),
        "KeyValuePairFormatter" => path + (part == 0 ? ".Key" : ".Value"),
        _ when formatter.Contains("Dictionary") || formatter == "SortedListFormatter" => path + (part == 0 ? ".Keys[]" : ".Values[]"),
        _ => path + "[]",
    };

    private static Dictionary<string, string> Table()
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(
            table, "System", "", "Boolean SByte Int16 Int32 Int64 Int128 Byte UInt16 UInt32 UInt64 UInt128 Half Single Double Decimal",
            "Char String Guid Version Uri DateTime DateTimeOffset DateOnly TimeOnly TimeSpan");
        Add(table, "System.Numerics", "", "BigInteger");
        Add(table, "System", "`1", "Nullable");
        Add(table, "System.Collections.Generic", "`1", "List LinkedList HashSet SortedSet Queue Stack");
        Add(table, "System.Collections.Generic", "`2", "Dictionary OrderedDictionary SortedDictionary SortedList KeyValuePair");
        Add(table, "System.Collections.Concurrent", "`2", "ConcurrentDictionary");
        Add(table, "System.Collections.Frozen", "`1", "FrozenSet");
        Add(table, "System.Collections.Frozen", "`2", "FrozenDictionary");
        Add(table, "System.Collections.ObjectModel", "`1", "Collection ReadOnlyCollection ObservableCollection ReadOnlySet");
        Add(table, "System.Collections.ObjectModel", "`2", "ReadOnlyDictionary");
        Add(table, "System.Collections.Immutable", "`1", "ImmutableArray ImmutableList ImmutableQueue ImmutableStack ImmutableHashSet ImmutableSortedSet");
        Add(table, "System.Collections.Immutable", "`2", "ImmutableDictionary ImmutableSortedDictionary");
        AddInterfaces(table, "System.Collections.Generic", "`1", "List Collection ReadOnlyList ReadOnlyCollection Enumerable Set ReadOnlySet");
        AddInterfaces(table, "System.Collections.Generic", "`2", "Dictionary ReadOnlyDictionary");
        AddInterfaces(table, "System.Collections.Immutable", "`1", "ImmutableList ImmutableQueue ImmutableStack ImmutableSet");
        AddInterfaces(table, "System.Collections.Immutable", "`2", "ImmutableDictionary");
        for (int arity = 1; arity <= 8; arity++)
            Add(table, "System", FormattableString.Invariant($"`{arity}"), "Tuple ValueTuple");
        return table;
    }

    private static void Add(Dictionary<string, string> table, string @namespace, string arity, params string[] names)
    {
        foreach (string name in names.SelectMany(line => line.Split(' ')))
            table.Add($"{@namespace}.{name}{arity}", name + "Formatter");
    }

    private static void AddInterfaces(Dictionary<string, string> table, string @namespace, string arity, string names)
    {
        foreach (string name in names.Split(' '))
            table.Add($"{@namespace}.I{name}{arity}", name + "InterfaceFormatter");
    }
}
