using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>Tells methods that are meant to share their keys, because they answer the same question.</summary>
internal static class Twins
{
    private const string Async = "Async";

    public static bool Are(CachedKey one, CachedKey other) =>
        one.Method is { } first && other.Method is { } second
        && (Overrides(first, second) || Overrides(second, first)
            || (IsOneClass(first, second) && one.ValueType == other.ValueType && (AreSyncAndAsync(one, first, other, second) || AreOneAndMany(one, other))));

    private static bool IsOneClass(IMethodSymbol first, IMethodSymbol second) => SymbolEqualityComparer.Default.Equals(first.ContainingType, second.ContainingType);

    // Get and GetAsync.
    private static bool AreSyncAndAsync(CachedKey one, IMethodSymbol first, CachedKey other, IMethodSymbol second) =>
        one.Template == other.Template && NameOf(first) == NameOf(second) && Types(first).SequenceEqual(Types(second), SymbolEqualityComparer.Default);

    // A method of many keys has the entries of the method of one.
    private static bool AreOneAndMany(CachedKey one, CachedKey other) =>
        (one.IsOfMany || other.IsOfMany) && one.Parts is { } parts && other.Parts is { } others
        && parts.Select(part => part.Name).SequenceEqual(others.Select(part => part.Name));

    private static string NameOf(IMethodSymbol method) =>
        method.Name.EndsWith(Async, StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - Async.Length) : method.Name;

    private static IEnumerable<ISymbol> Types(IMethodSymbol method) => KeyParser.KeyParameters(method).Select(parameter => parameter.Type);

    private static bool Overrides(IMethodSymbol method, IMethodSymbol other)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, other.OriginalDefinition))
                return true;
        }

        return false;
    }
}
