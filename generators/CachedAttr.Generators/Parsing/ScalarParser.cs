using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Tells scalars, which have one text and can be read back from it, from other types.</summary>
internal static class ScalarParser
{
    public static ScalarModel? Parse(ITypeSymbol type)
    {
        bool nullable = type.IsNullableValue(out var underlying);
        if (KindOf(underlying) is not { } kind)
            return null;
        string code = underlying.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Code();
        bool isKey = !nullable && (kind is ScalarKind.Boolean or ScalarKind.Character || IsNumber(underlying) || IsIdOrTime(underlying));
        return new(kind, code, nullable, isKey, EqualityOf(underlying, kind));
    }

    private static ScalarKind? KindOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => ScalarKind.String,
        { SpecialType: SpecialType.System_Boolean } => ScalarKind.Boolean,
        { SpecialType: SpecialType.System_Char } => ScalarKind.Character,
        { TypeKind: TypeKind.Enum } => ScalarKind.Enum,
        ITypeParameterSymbol parameter => KindOf(parameter),
        _ => IsFormattable(type, type.AllInterfaces) ? ScalarKind.Formattable : null,
    };

    private static ScalarKind? KindOf(ITypeParameterSymbol parameter)
    {
        bool isEnum = parameter.HasValueTypeConstraint && parameter.ConstraintTypes.Any(type => type.SpecialType == SpecialType.System_Enum);
        var interfaces = parameter.ConstraintTypes.OfType<INamedTypeSymbol>().SelectMany(type => type.AllInterfaces.Insert(0, type));
        return isEnum ? ScalarKind.Enum : IsFormattable(parameter, interfaces) ? ScalarKind.Formattable : null;
    }

    private static bool IsFormattable(ITypeSymbol type, IEnumerable<INamedTypeSymbol> interfaces)
    {
        bool canFormat = false;
        bool canParse = false;
        foreach (var candidate in interfaces)
        {
            canFormat |= candidate.Is("System", "ISpanFormattable");
            canParse |= candidate.Is("System", "ISpanParsable") && IsOf(candidate, type);
        }

        return canFormat && canParse && !type.IsRefLikeType;
    }

    private static ScalarEquality EqualityOf(ITypeSymbol type, ScalarKind kind) => kind switch
    {
        ScalarKind.Boolean or ScalarKind.Character or ScalarKind.String => ScalarEquality.Operator,
        ScalarKind.Enum => type.TypeKind == TypeKind.Enum ? ScalarEquality.Operator : ScalarEquality.Exact,
        _ when IsIdOrTime(type) || (IsNumber(type) && !IsFloat(type)) => ScalarEquality.Operator,
        _ => HasEquality(type) ? ScalarEquality.Exact : ScalarEquality.AsText,
    };

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_SByte and <= SpecialType.System_Double) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr
        || type.Is("System", "Int128") || type.Is("System", "UInt128") || type.Is("System", "Half") || type.Is("System.Numerics", "BigInteger");

    // NaN is not == NaN, but it is a key.
    private static bool IsFloat(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Single or SpecialType.System_Double || type.Is("System", "Half");

    private static bool IsIdOrTime(ITypeSymbol type) =>
        type.Is("System", "Guid") || type.Is("System", "DateOnly") || type.Is("System", "TimeOnly") || type.Is("System", "TimeSpan");

    // A type parameter's argument may be any of the types above, which all have it; the run time's comparison knows the exceptions.
    private static bool HasEquality(ITypeSymbol type) =>
        type.TypeKind == TypeKind.TypeParameter
        || type.AllInterfaces.Any(candidate => candidate.Is("System", "IEquatable") && IsOf(candidate, type));

    private static bool IsOf(INamedTypeSymbol @interface, ITypeSymbol argument) =>
        @interface.TypeArguments is [var only] && SymbolEqualityComparer.Default.Equals(only, argument);
}
