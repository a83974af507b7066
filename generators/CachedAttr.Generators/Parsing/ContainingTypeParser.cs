using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads the type in which a method stands.</summary>
internal static class ContainingTypeParser
{
    public static ContainingTypeModel? Parse(MethodContext context)
    {
        var type = context.Type;
        var notPartial = context.Syntax.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
        if (notPartial is not null || !type.CanBeReferencedByName || type.IsRefLikeType || type.IsFileLocal || type.TypeKind == TypeKind.Interface)
        {
            context.Report(RuleIds.TypeNotPartial, ProblemPlace.Method, notPartial?.Identifier.ValueText ?? type.Name);
            return null;
        }

        var chain = Chain(type);
        string prefix = string.Concat(Namespaces(type).Select(name => name + "."));
        return new(
            string.Join(".", Namespaces(type).Select(Display.Identifier)),
            prefix + string.Join(".", chain.Select(part => part.Name)),
            prefix + string.Join(".", chain.Select(part => part.MetadataName.Replace('`', '-'))) + ".g.cs",
            chain.Select(Declaration).ToEquatableArray(),
            Names(type));
    }

    /// <summary>The type and those around it, outermost first.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Chain(INamedTypeSymbol type)
    {
        var chain = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
            chain.Insert(0, current);
        return chain;
    }

    private static List<string> Namespaces(INamedTypeSymbol type)
    {
        var names = new List<string>();
        for (var current = type.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
            names.Insert(0, current.Name);
        return names;
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        string parameters = type.Arity == 0 ? "" : "<" + string.Join(", ", type.TypeParameters.Select(Variant)) + ">";
        return "partial " + keyword + " " + Display.Identifier(type.Name) + parameters;
    }

    private static string Variant(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    } + Display.Identifier(parameter.Name);

    private static ReservedNames Names(INamedTypeSymbol type)
    {
        bool IsTaken(string name) => type.Name == name || !type.GetMembers(name).IsEmpty;
        string Free(string name) => IsTaken(name) ? "Generated" + name : name;
        return new(Free("CachedMethods"), Free("KeyParts"), Free("InvalidationPatterns"), Free("ResultFormatters"), IsTaken("CacheKeys") ? null : "CacheKeys");
    }
}
