using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds out who can see all types that a signature uses.</summary>
internal static class AccessParser
{
    public static KeysAccess Of(INamedTypeSymbol within, IEnumerable<ITypeSymbol> types)
    {
        var access = KeysAccess.Public;
        foreach (var type in types)
            access = Min(access, Of(within, type));
        return access;
    }

    private static KeysAccess Of(INamedTypeSymbol within, ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(within, array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Aggregate(Declared(within, named), (access, argument) => Min(access, Of(within, argument))),
        _ => KeysAccess.Public,
    };

    private static KeysAccess Declared(INamedTypeSymbol within, INamedTypeSymbol type)
    {
        var access = KeysAccess.Public;
        foreach (var part in ContainingTypeParser.Chain(type))
        {
            access = Min(access, part.DeclaredAccessibility switch
            {
                Accessibility.Public => KeysAccess.Public,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => KeysAccess.Internal,
                _ => IsHiddenToo(within, part) ? KeysAccess.Internal : KeysAccess.None,
            });
        }

        return access;
    }

    // A private type can be used by members of a type that is itself private in the same place, or deeper.
    private static bool IsHiddenToo(INamedTypeSymbol within, INamedTypeSymbol type) => ContainingTypeParser.Chain(within).Any(
        part => part.DeclaredAccessibility == Accessibility.Private && SymbolEqualityComparer.Default.Equals(part.ContainingType, type.ContainingType));

    private static KeysAccess Min(KeysAccess one, KeysAccess other) => one < other ? one : other;
}
