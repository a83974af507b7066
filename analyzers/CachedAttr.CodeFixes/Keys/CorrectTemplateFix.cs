using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Analyzers;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>CATTR020: writes the name that a misspelt hole was meant to have, and <c>:</c> where something has to end a hole.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectTemplateFix)), Shared]
public sealed class CorrectTemplateFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.BadTemplate];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument || Whole(site.Node) is not { } expression
            || site.Method is not { } method || site.Parser(method) is not { } parser
            || site.Model.GetConstantValue(expression, site.CancellationToken).Value is not string value)
        {
            return [];
        }

        string? attribute = site.Model.GetTypeInfo(argument.Parent!.Parent!, site.CancellationToken).Type?.Name;
        bool isTag = argument.NameEquals is not null, isPattern = attribute == AttributedMethod.InvalidatingName && !isTag;
        int start = site.Diagnostic.Location.SourceSpan.Start;
        if (!KeyTemplateParser.TryParse(value, isPattern, out var parts, out var error))
            return expression is LiteralExpressionSyntax && LacksDelimiter(value, error, isPattern) ? [Delimit(expression, start - expression.SpanStart)] : [];
        bool isWhole = site.Diagnostic.Location.SourceSpan == expression.Span;
        return HoleCorrection.Find(parser, parts, hasResult: isTag || attribute != AttributedMethod.CachedName)
            .Where(correction => TemplateText.Contains(expression, correction.Written) && (isWhole || IsAt(site, start, correction)))
            .Select(correction => Correct(expression, correction));
    }

    // A template may be put together of several literals.
    private static ExpressionSyntax? Whole(SyntaxNode node)
    {
        var expression = node.FirstAncestorOrSelf<ExpressionSyntax>();
        while (expression?.Parent is BinaryExpressionSyntax or ParenthesizedExpressionSyntax)
            expression = (ExpressionSyntax)expression!.Parent!;
        return expression;
    }

    private static Edit Correct(ExpressionSyntax expression, HoleCorrection correction) => new(
        $"Write '{correction.Meant}}}' instead of '{correction.Written}}}'", nameof(HoleCorrection), expression,
        editor => editor.ReplaceNode(expression, (current, _) => TemplateText.Replace((ExpressionSyntax)current, correction.Written, correction.Meant)));

    private static Edit Delimit(ExpressionSyntax literal, int position) => new(
        "End the hole with ':'", nameof(Delimit), literal, editor => editor.ReplaceNode(literal, (current, _) => TemplateText.Insert((ExpressionSyntax)current, position, ":")));

    // It does if it would be fine with one, as far as the place of the error.
    private static bool LacksDelimiter(string value, TemplateError error, bool isPattern) =>
        error.Start > 0 && value[error.Start - 1] == '}'
        && (KeyTemplateParser.TryParse(value.Insert(error.Start, ":"), isPattern, out _, out var next) || next.Start > error.Start + 1);

    // In an interpolated string its brace is doubled.
    private static bool IsAt(FixSite site, int position, HoleCorrection correction)
    {
        string text = site.Root.SyntaxTree.GetText(site.CancellationToken).ToString();
        return string.CompareOrdinal(text, position, correction.Written, 0, correction.Written.Length) == 0
            || (text[position] == '{' && string.CompareOrdinal(text, position + 1, correction.Written, 0, correction.Written.Length) == 0);
    }
}
