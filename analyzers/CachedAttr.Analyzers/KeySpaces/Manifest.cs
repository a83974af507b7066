using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>Reads the list of cached methods that the generator writes into every assembly.</summary>
internal static class Manifest
{
    private const string Library = "CachedAttr";

    /// <summary>The entries of an assembly; none if it does not use this library.</summary>
    public static IEnumerable<Entry> Of(IAssemblySymbol assembly)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Is(Library, "CachedMethodManifestAttribute")
                && attribute.ConstructorArguments is [{ Value: string name }, { Value: string method }, { Value: string template }, ..])
            {
                yield return new(name, method, template, attribute.Named("ValueType") as string, attribute.NamedStrings("Tags"));
            }
        }
    }

    /// <summary>The assemblies that a compilation refers to and that use this library.</summary>
    public static IEnumerable<IAssemblySymbol> Referenced(Compilation compilation) => compilation.SourceModule.ReferencedAssemblySymbols
        .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == Library)));

    /// <summary>The types of a name, whatever their type parameters are.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(IAssemblySymbol assembly, string fullName)
    {
        IEnumerable<INamespaceOrTypeSymbol> found = [assembly.GlobalNamespace];
        foreach (string name in fullName.Split('.'))
            found = [.. found.SelectMany(container => container.GetMembers(name)).OfType<INamespaceOrTypeSymbol>()];
        return found.OfType<INamedTypeSymbol>();
    }

    /// <summary>What an assembly says of a cached method.</summary>
    internal sealed record Entry(string Type, string Method, string Template, string? ValueType, IReadOnlyList<string> Tags);
}
