using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Recognizes collections, whose items make up their key: in their order, or in no order for sets and maps.</summary>
internal static class CollectionParser
{
    private const string Generic = "System.Collections.Generic";

    public static Collection? Parse(INamedTypeSymbol type)
    {
        if ((type.FindInterface(Generic, "IReadOnlyDictionary", 2) ?? type.FindInterface(Generic, "IDictionary", 2)) is { } map)
            return new(ShapeKind.Map, map, [("Key", map.TypeArguments[0]), ("Value", map.TypeArguments[1])]);
        if ((type.FindInterface(Generic, "ISet", 1) ?? type.FindInterface(Generic, "IReadOnlySet", 1)) is { } set)
            return new(ShapeKind.Set, set, [("Item", set.TypeArguments[0])]);
        return type.FindInterface(Generic, "IEnumerable", 1) is { } sequence ? new(ShapeKind.Sequence, sequence, [("Item", sequence.TypeArguments[0])]) : null;
    }
}

/// <summary>A collection type.</summary>
/// <param name="Kind">Whether its order counts.</param>
/// <param name="Interface">As what it is enumerated.</param>
/// <param name="Items">What it consists of.</param>
internal sealed record Collection(ShapeKind Kind, INamedTypeSymbol Interface, IReadOnlyList<(string Name, ITypeSymbol Type)> Items);
