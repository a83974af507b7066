using System.Collections.Immutable;
using System.Composition;
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
        var span = site.Diagnostic.Location.SourceSpan;
        if (site.Node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument || site.Method is not { } method || site.Parser(method) is not { } parser)
            return [];
        var literal = site.Node as LiteralExpressionSyntax;
        var expression = literal ?? argument.Expression;
        bool isPattern = site.Model.GetTypeInfo(argument.Parent!.Parent!, site.CancellationToken).Type?.Name == "InvalidateCacheAttribute";
        if (site.Model.GetConstantValue(expression, site.CancellationToken).Value is not string value)
            return [];
        if (!KeyTemplateParser.TryParse(value, isPattern, out var parts, out var error))
            return literal is not null && LacksDelimiter(value, error, isPattern) ? [Delimit(argument, literal, span.Start - literal.SpanStart)] : [];
        bool isWhole = span == expression.Span;
        bool isTag = argument.NameEquals is not null;
        return HoleCorrection.Find(parser, parts, isPattern || isTag)
            .Where(correction => TemplateText.Contains(expression, correction.Written) && (isWhole || IsAt(site, span.Start, correction)))
            .Select(correction => Correct(argument, correction));
    }

    private static Edit Correct(AttributeArgumentSyntax argument, HoleCorrection correction) => new(
        $"Write '{correction.Meant}}}' instead of '{correction.Written}}}'", nameof(HoleCorrection), argument,
        editor => editor.ReplaceNode(argument, (current, _) => TemplateText.Replace((AttributeArgumentSyntax)current, correction.Written, correction.Meant)));

    private static Edit Delimit(AttributeArgumentSyntax argument, LiteralExpressionSyntax literal, int position) => new(
        "End the hole with ':'", nameof(Delimit), argument, editor => editor.ReplaceNode(literal, (current, _) => TemplateText.Insert((ExpressionSyntax)current, position, ":")));

    // It does if it would be fine with one, as far as the place of the error.
    private static bool LacksDelimiter(string value, TemplateError error, bool isPattern) =>
        error.Start > 0 && value[error.Start - 1] == '}'
        && (KeyTemplateParser.TryParse(value.Insert(error.Start, ":"), isPattern, out _, out var next) || next.Start > error.Start + 1);

    private static bool IsAt(FixSite site, int position, HoleCorrection correction) =>
        string.CompareOrdinal(site.Root.SyntaxTree.GetText(site.CancellationToken).ToString(), position, correction.Written, 0, correction.Written.Length) == 0;
}
