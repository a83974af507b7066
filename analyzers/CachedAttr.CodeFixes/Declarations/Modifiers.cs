using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>Gives a method other modifiers, in the place and with the comments of the old ones.</summary>
internal static class Modifiers
{
    public static MethodDeclarationSyntax Replace(MethodDeclarationSyntax method, IReadOnlyList<SyntaxKind> kinds)
    {
        var before = method.Modifiers.Count > 0 ? method.Modifiers[0].LeadingTrivia : method.ReturnType.GetLeadingTrivia();
        var tokens = kinds.Select(kind => Existing(method, kind).WithLeadingTrivia()).ToList();
        tokens[0] = tokens[0].WithLeadingTrivia(before);
        var type = method.Modifiers.Count > 0 ? method.ReturnType : method.ReturnType.WithLeadingTrivia();
        return method.WithModifiers(SyntaxFactory.TokenList(tokens)).WithReturnType(type);
    }

    private static SyntaxToken Existing(MethodDeclarationSyntax method, SyntaxKind kind)
    {
        int index = method.Modifiers.IndexOf(kind);
        return index >= 0 ? method.Modifiers[index] : SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
    }
}
