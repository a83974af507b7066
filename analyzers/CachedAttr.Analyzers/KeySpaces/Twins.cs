using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>Tells methods that are meant to share their keys, because they answer the same question.</summary>
internal static class Twins
{
    private const string Async = "Async";

    public static bool Are(CachedKey one, CachedKey other) =>
        one.Method is { } first && other.Method is { } second
        && (Overrides(first, second) || Overrides(second, first) || HaveTheSameQuestion(one, first, other, second));

    // Get and GetAsync of one type.
    private static bool HaveTheSameQuestion(CachedKey one, IMethodSymbol first, CachedKey other, IMethodSymbol second) =>
        one.Template == other.Template && one.ValueType == other.ValueType && NameOf(first) == NameOf(second)
        && SymbolEqualityComparer.Default.Equals(first.ContainingType, second.ContainingType)
        && Types(first).SequenceEqual(Types(second), SymbolEqualityComparer.Default);

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
