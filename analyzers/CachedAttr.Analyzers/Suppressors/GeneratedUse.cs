using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.Suppressors;

/// <summary>What generated code uses of a type, or will when the attributes there are in order.</summary>
internal static class GeneratedUse
{
    private static readonly string[] OurAttributes = [AttributedMethod.CachedName, AttributedMethod.InvalidatingName, AttributedMethod.PutName];
    private static readonly string[] NamedMethods = ["When", "Unless", "KeyBuilder"];

    /// <summary>Whether a method has an attribute for which code is generated.</summary>
    public static bool IsAskedFor(IMethodSymbol method) => Attributes(method).Any();

    /// <summary>Whether the body of a method is generated.</summary>
    public static bool Writes(IMethodSymbol method) => method.IsPartialDefinition && IsAskedFor(method);

    /// <summary>Whether a type has a method the body of which is generated.</summary>
    public static bool WritesIn(INamedTypeSymbol type) => Declarations(type).Any();

    /// <summary>Whether a method does the work of one the body of which is generated: its signature is given by that one.</summary>
    public static bool IsLoader(IMethodSymbol method) =>
        Declarations(method.ContainingType).Any(declaration =>
            LoaderOf(declaration) == method.Name && declaration.Parameters.Length == method.Parameters.Count(parameter => !IsEntryContext(parameter)));

    /// <summary>Whether a parameter tells the cache of a value: loaders have it or not, as they like.</summary>
    public static bool IsEntryContext(IParameterSymbol parameter) => parameter.Type.Is("CachedAttr", "CacheEntryContext");

    /// <summary>Whether generated code calls a method.</summary>
    public static bool Calls(IMethodSymbol method) => IsLoader(method) || NamedMethods.Any(property => IsNamed(method, property));

    /// <summary>Whether a method decides about results, which are its first parameter.</summary>
    public static bool TakesResult(IMethodSymbol method) => IsNamed(method, "Unless");

    private static bool IsNamed(IMethodSymbol method, string property) =>
        Declarations(method.ContainingType).SelectMany(Attributes).Any(attribute => attribute.Named(property) as string == method.Name);

    private static string LoaderOf(IMethodSymbol declaration) =>
        declaration.FindAttribute(AttributedMethod.CachedName)?.Named("Loader") as string ?? LoaderFinder.DefaultName(declaration.Name);

    private static IEnumerable<IMethodSymbol> Declarations(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>().Where(Writes);

    private static IEnumerable<AttributeData> Attributes(IMethodSymbol method) => method.GetAttributes()
        .Where(attribute => attribute.AttributeClass is { } type && OurAttributes.Contains(type.Name) && type.Is("CachedAttr", type.Name));
}
