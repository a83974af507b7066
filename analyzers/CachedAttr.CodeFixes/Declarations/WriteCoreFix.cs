using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>CATTR012: gives a Core that has another signature the right one where its body allows it, or writes a new one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteCoreFix)), Shared]
public sealed class WriteCoreFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NoLoader];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (site.Method is not { } method || site.Parser(method) is not { } parser || !method.Modifiers.Any(SyntaxKind.PartialKeyword))
            yield break;
        if (CoreCorrection.Find(site, parser) is { } correction)
        {
            yield return new(
                $"Give '{correction.Core.Identifier.ValueText}' the signature of '{parser.Method.Name}'", nameof(CoreCorrection), method,
                editor => editor.ReplaceNode(correction.Core, (current, _) => correction.Apply((MethodDeclarationSyntax)current)));
        }

        if (CoreName.Unused(parser) is { } name)
            yield return new($"Write '{name}'", nameof(WriteCoreFix), method, editor => editor.InsertAfter(method, Write(site, parser, name)));
    }

    private static MethodDeclarationSyntax Write(FixSite site, MethodContext parser, string name)
    {
        var core = CoreSignature.Of(parser.Syntax, parser, name, site).WithSemicolonToken(default).WithoutTrailingTrivia();
        return core.WithExpressionBody(NotImplemented.Body())
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithLeadingTrivia(MemberLayout.Before(parser.Syntax, site))
            .WithTrailingTrivia(MemberLayout.End(parser.Syntax, site));
    }
}
