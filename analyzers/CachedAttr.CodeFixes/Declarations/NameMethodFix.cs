using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Analyzers;
using CachedAttr.CodeFixes.Keys;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>CATTR015: names the method that a misspelt <c>When</c>, <c>Unless</c>, <c>KeyBuilder</c> or <c>Method</c> was meant for, or writes a condition or key builder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameMethodFix)), Shared]
public sealed class NameMethodFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NoSuchMethod];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Expression: LiteralExpressionSyntax literal } argument
            || site.Method is not { } method || site.Parser(method) is not { } parser
            || site.Model.GetConstantValue(literal, site.CancellationToken).Value is not string name)
        {
            yield break;
        }

        var wanted = NamedMethod.Of(argument, parser.Method);
        bool isCached = argument.NameEquals?.Name.Identifier.ValueText == "Method";
        var fitting = Methods(parser).Where(candidate => isCached ? candidate.HasAttribute(AttributedMethod.CachedName) : wanted?.IsMetBy(parser, candidate.Name) == true)
            .Select(candidate => candidate.Name).ToList();
        if (fitting.Contains(name))
            yield break;
        if (Nearest.Of(name, fitting) is { } nearest)
        {
            var expression = SyntaxFactory.ParseExpression($"nameof({Display.Identifier(nearest)})").WithTriviaFrom(literal);
            yield return new($"Name '{nearest}'", nameof(Nearest), literal, editor => editor.ReplaceNode(literal, expression));
        }

        bool isFree = SyntaxFacts.IsValidIdentifier(name) && parser.Type.SelfAndBases().All(type => type.GetMembers(name).IsEmpty);
        if (isFree && wanted is not null)
            yield return new($"Write '{name}'", nameof(NameMethodFix), method, editor => editor.InsertAfter(method, Write(site, parser, wanted, name)));
    }

    private static IEnumerable<IMethodSymbol> Methods(MethodContext parser) => parser.Type.SelfAndBases().SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>()
        .Where(method => method.MethodKind == MethodKind.Ordinary);

    private static MethodDeclarationSyntax Write(FixSite site, MethodContext parser, NamedMethod wanted, string name)
    {
        string Type(ITypeSymbol type) => type.ToMinimalDisplayString(site.Model, parser.Syntax.SpanStart);
        string parameters = string.Join(", ", wanted.Parameters(parser.Method).Select(parameter => Type(parameter.Type) + " " + Display.Identifier(parameter.Name)));
        string returns = wanted.Returns == SpecialType.System_Boolean ? "bool" : "string";
        string text = $"private {(parser.Method.IsStatic ? "static " : "")}{returns} {Display.Identifier(name)}({parameters});";
        var method = ((MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(text)!).WithSemicolonToken(default);
        return method.WithExpressionBody(NotImplemented.Body()).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithLeadingTrivia(MemberLayout.Before(parser.Syntax, site)).WithTrailingTrivia(MemberLayout.End(parser.Syntax, site));
    }
}
