using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Tells whether null can get from one type into another that promises none: what the compiler would warn of in code that nobody can see.</summary>
internal static class Nullability
{
    /// <summary>Whether a value of a type may be used as one of another that differs in annotations only.</summary>
    public static bool Fits(ITypeSymbol from, ITypeSymbol to)
    {
        if (!from.IsValueType && from.NullableAnnotation == NullableAnnotation.Annotated && to.NullableAnnotation == NullableAnnotation.NotAnnotated)
            return false;
        return (from, to) switch
        {
            (IArrayTypeSymbol one, IArrayTypeSymbol other) => Fits(one.ElementType, other.ElementType),
            (INamedTypeSymbol one, INamedTypeSymbol other) => !one.TypeParameters.Where((parameter, i) => !Fits(one, parameter, one.TypeArguments[i], other.TypeArguments[i])).Any(),
            _ => true,
        };
    }

    // A task is awaited before its result is handed on, and a tuple is taken apart.
    private static bool Fits(INamedTypeSymbol type, ITypeParameterSymbol parameter, ITypeSymbol from, ITypeSymbol to) =>
        parameter.Variance == VarianceKind.Out || type.IsTupleType || type.Is("System.Threading.Tasks", "Task") || type.Is("System.Threading.Tasks", "ValueTask") ? Fits(from, to)
        : parameter.Variance == VarianceKind.In ? Fits(to, from)
        : Fits(from, to) && Fits(to, from);
}
