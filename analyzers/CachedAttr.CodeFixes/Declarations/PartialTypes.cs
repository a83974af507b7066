using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>Makes the types around a method partial.</summary>
internal static class PartialTypes
{
    /// <summary>Whether being partial is all that a type could lack.</summary>
    public static bool AreFit(INamedTypeSymbol type) =>
        type is { CanBeReferencedByName: true, IsRefLikeType: false, TypeKind: TypeKind.Class or TypeKind.Struct }
        && !SelfAndContaining(type).Any(part => part.IsFileLocal);

    public static void MakePartial(SyntaxEditor editor, MethodDeclarationSyntax method)
    {
        foreach (var type in method.Ancestors().OfType<TypeDeclarationSyntax>())
            editor.ReplaceNode(type, static (current, _) => MakePartial((TypeDeclarationSyntax)current));
    }

    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax type)
    {
        if (type.Modifiers.Any(SyntaxKind.PartialKeyword))
            return type;
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
            return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Add(partial));

        // What stands before the keyword then stands before the modifier.
        return (TypeDeclarationSyntax)type.WithKeyword(type.Keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)));
    }

    private static IEnumerable<INamedTypeSymbol> SelfAndContaining(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
            yield return current;
    }
}
