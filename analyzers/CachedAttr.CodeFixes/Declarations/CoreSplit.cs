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
        var end = SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(MemberLayout.End(method, site));
        return declaration.WithSemicolonToken(default).WithoutTrailingTrivia().WithSemicolonToken(end);
    }

    /// <summary>The Core has the body as it is, under the same parameters.</summary>
    public MethodDeclarationSyntax Core(MethodDeclarationSyntax method) =>
        CoreSignature.Of(method, parser, name, site).WithLeadingTrivia(MemberLayout.Before(method, site)).WithTrailingTrivia(method.GetTrailingTrivia());
}
