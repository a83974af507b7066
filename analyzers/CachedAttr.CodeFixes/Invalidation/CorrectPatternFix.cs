using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Analyzers;
using CachedAttr.Analyzers.Invalidation;
using CachedAttr.CodeFixes.Keys;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Invalidation;

/// <summary>CATTR030: makes a pattern that matches nothing the nearest template that something is cached under.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectPatternFix)), Shared]
public sealed class CorrectPatternFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.MatchesNothing.Id];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (!site.Diagnostic.Properties.TryGetValue(InvalidationPatternAnalyzer.SuggestionProperty, out string? template) || site.Node is not LiteralExpressionSyntax literal
            || site.Method is not { } method || site.Parser(method) is not { } parser || Pattern(parser, template) is not { } pattern)
        {
            yield break;
        }

        // A tag is exact.
        if (literal.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { NameEquals: not null } && pattern.Contains('*'))
            yield break;
        yield return new($"Invalidate '{pattern}'", nameof(CorrectPatternFix), literal, editor => editor.ReplaceNode(literal, (current, _) => TemplateText.Rewrite((LiteralExpressionSyntax)current, pattern)));
    }

    /// <summary>The template as a pattern of this method: what it cannot fill is any value.</summary>
    private static string? Pattern(MethodContext parser, string? template)
    {
        if (template is null || !KeyTemplateParser.TryParse(template, isPattern: true, out var parts, out _))
            return template;
        SignatureParser.ReturnsOf(parser.Method.ReturnType, out var result);
        var holes = new HoleParser(parser, result, eachElement: true);
        return string.Concat(parts.Select(part => part.Literal ?? (holes.CanFind(part.Path) ? template.Substring(part.Start, part.Length) : "*")));
    }
}
