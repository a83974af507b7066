using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>Where a new member stands behind another: after an empty line, or on the same line if that one has others on it.</summary>
internal static class MemberLayout
{
    /// <summary>What stands between the line of a method and a new member behind it.</summary>
    public static SyntaxTriviaList Before(MethodDeclarationSyntax method, FixSite site) => StartsLine(method) ? [site.NewLine(), .. Indentation(method)] : [];

    /// <summary>What ends a method that a new member follows.</summary>
    public static SyntaxTrivia End(MethodDeclarationSyntax method, FixSite site) => StartsLine(method) ? site.NewLine() : SyntaxFactory.Space;

    private static bool StartsLine(MethodDeclarationSyntax method) =>
        method.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || method.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia);

    private static SyntaxTriviaList Indentation(MethodDeclarationSyntax method) =>
        method.GetLeadingTrivia() is [.., var last] && last.IsKind(SyntaxKind.WhitespaceTrivia) ? [last] : [];
}
