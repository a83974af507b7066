using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>The two halves of an ordinary method: what callers see, and the body.</summary>
internal sealed class CoreSplit(FixSite site, MethodContext parser, string name)
{
    /// <summary>The declaration keeps documentation, attributes, default values and everything that says how it is called.</summary>
    public MethodDeclarationSyntax Declaration(MethodDeclarationSyntax method)
    {
        var modifiers = method.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)).Select(modifier => modifier.Kind()).ToList();
        if (!modifiers.Exists(SyntaxFacts.IsAccessibilityModifier))
            modifiers.Insert(0, SyntaxKind.PrivateKeyword);
        modifiers.Add(SyntaxKind.PartialKeyword);
        var declaration = Modifiers.Replace(method, modifiers).WithBody(null).WithExpressionBody(null);
        var end = SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(StartsLine(method) ? site.NewLine() : SyntaxFactory.Space);
        return declaration.WithSemicolonToken(default).WithoutTrailingTrivia().WithSemicolonToken(end);
    }

    /// <summary>The Core has the body as it is, under the same parameters.</summary>
    public MethodDeclarationSyntax Core(MethodDeclarationSyntax method)
    {
        var core = CoreSignature.Of(method, parser, name, site).WithLeadingTrivia(LeadingTrivia(method));
        return core.WithTrailingTrivia(method.GetTrailingTrivia());
    }

    // A method in a line of its own is followed by an empty one; one among others on a line is not.
    private SyntaxTriviaList LeadingTrivia(MethodDeclarationSyntax method) =>
        StartsLine(method) ? [site.NewLine(), .. Indentation(method)] : [];

    private static bool StartsLine(MethodDeclarationSyntax method) =>
        method.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || method.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia);

    private static SyntaxTriviaList Indentation(MethodDeclarationSyntax method) =>
        method.GetLeadingTrivia() is [.., var last] && last.IsKind(SyntaxKind.WhitespaceTrivia) ? [last] : [];
}
