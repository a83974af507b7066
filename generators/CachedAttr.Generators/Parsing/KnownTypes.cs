using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Recognizes types by their names, which needs no look-up in a compilation.</summary>
internal static class KnownTypes
{
    public const string CachedAttribute = "CachedAttr.CachedAttribute";
    public const string InvalidateCacheAttribute = "CachedAttr.InvalidateCacheAttribute";
    public const string CachePutAttribute = "CachedAttr.CachePutAttribute";

    public static bool IsCache(this ITypeSymbol type) => type.Is("CachedAttr", "Cache");

    public static bool IsCancellationToken(this ITypeSymbol type) => type.Is("System.Threading", "CancellationToken");

    public static bool Is(this ITypeSymbol type, string @namespace, string name) =>
        type.Name == name && type.ContainingType is null && type.ContainingNamespace.Is(@namespace);

    public static bool HasAttribute(this ISymbol symbol, string name) => symbol.FindAttribute(name) is not null;

    /// <summary>An attribute of this project on a symbol.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, string name) => symbol.FindAttribute("CachedAttr", name);

    /// <summary>An attribute on a symbol.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, string @namespace, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Is(@namespace, name))
                return attribute;
        }

        return null;
    }

    /// <summary>The interface with one type argument that a type is or implements.</summary>
    public static INamedTypeSymbol? FindInterface(this ITypeSymbol type, string @namespace, string name, int arity)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Interface } self && self.Arity == arity && self.Is(@namespace, name))
            return self;
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.Arity == arity && implemented.Is(@namespace, name))
                return implemented;
        }

        return null;
    }

    /// <summary>The type and its base classes.</summary>
    public static IEnumerable<ITypeSymbol> SelfAndBases(this ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    /// <summary>The <c>T</c> of <c>T?</c> where that is a <see cref="Nullable{T}"/>.</summary>
    public static bool IsNullableValue(this ITypeSymbol type, out ITypeSymbol underlying)
    {
        bool nullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        underlying = nullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        return nullable;
    }

    public static bool IsInSystemNamespace(this ITypeSymbol type)
    {
        var current = type.ContainingNamespace;
        while (current is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            current = current.ContainingNamespace;
        return current is { Name: "System" };
    }

    private static bool Is(this INamespaceSymbol? symbol, string name)
    {
        var current = symbol;
        int end = name.Length;
        while (current is { IsGlobalNamespace: false })
        {
            int start = end - current.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, current.Name, 0, current.Name.Length) != 0)
                return false;
            if (start == 0)
                return current.ContainingNamespace.IsGlobalNamespace;
            end = start - 1;
            if (name[end] != '.')
                return false;
            current = current.ContainingNamespace;
        }

        return end == 0;
    }
}
