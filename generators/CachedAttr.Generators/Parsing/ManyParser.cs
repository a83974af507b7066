using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>
/// Recognizes a method that caches many keys at once: it takes a collection of items that is a hole of its key, and returns a dictionary from them to their values.
/// That its dictionary has other keys than these only the run time can see, which then stores nothing.
/// </summary>
internal static class ManyParser
{
    private const string Generic = "System.Collections.Generic";

    public static Many? Find(IMethodSymbol method, IReadOnlyList<TemplatePart> parts)
    {
        SignatureParser.ReturnsOf(method.ReturnType, out var result);
        if (result is not INamedTypeSymbol { TypeArguments: [var key, var value] } map || !IsDictionary(map))
            return null;
        foreach (var parameter in KeyParser.KeyParameters(method))
        {
            bool isHole = parts.Any(part => part.Path.Count == 1 && part.Path[0] == parameter.Name && part.Format is null);
            if (isHole && parameter is { RefKind: RefKind.None, IsOptional: false } && ItemOf(parameter.Type) is { } item && SymbolEqualityComparer.Default.Equals(item, key) && ScalarParser.Parse(item) is not null)
                return new(parameter, item, value, TakesArray(parameter.Type));
        }

        return null;
    }

    // These a Dictionary can be returned as.
    private static bool IsDictionary(INamedTypeSymbol type) =>
        type.Is(Generic, "Dictionary") || type.Is(Generic, "IReadOnlyDictionary") || type.Is(Generic, "IDictionary");

    private static ITypeSymbol? ItemOf(ITypeSymbol type) =>
        ScalarParser.Parse(type) is not null ? null
        : type is IArrayTypeSymbol array ? (array.Rank == 1 ? array.ElementType : null)
        : type.FindInterface(Generic, "IReadOnlyDictionary", 2) is null && type.FindInterface(Generic, "IEnumerable", 1) is { } sequence ? sequence.TypeArguments[0]
        : null;

    private static bool TakesArray(ITypeSymbol type) =>
        type is IArrayTypeSymbol || type.Is(Generic, "IEnumerable") || type.Is(Generic, "IReadOnlyCollection") || type.Is(Generic, "IReadOnlyList");
}

/// <summary>What makes a method one of many keys.</summary>
internal sealed record Many(IParameterSymbol Parameter, ITypeSymbol Item, ITypeSymbol Value, bool TakesArray)
{
    /// <summary>The model, with the name that one item has in the key.</summary>
    public ManyModel Model(string element) => new(Parameter.Name, Item.Code(), element, Value.Code(), TakesArray);
}
