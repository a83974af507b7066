using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Analyzers;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>CATTR024: writes a value into the key whole, without the format that shortens it, as itself instead of its name, and apart from the one before it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepInformationFix)), Shared]
public sealed class KeepInformationFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.InformationLost.Id];

    private protected override IEnumerable<Edit> Find(FixSite site) =>
        site.Node.FirstAncestorOrSelf<InterpolationSyntax>() is { } interpolation
            ? interpolation.FirstAncestorOrSelf<AttributeArgumentSyntax>() is null ? InBuilder(interpolation) : OfName(site, interpolation)
        : site.Node is LiteralExpressionSyntax literal ? OfFormat(site, literal) : [];

    private static IEnumerable<Edit> OfFormat(FixSite site, LiteralExpressionSyntax literal)
    {
        string hole = site.Root.SyntaxTree.GetText(site.CancellationToken).ToString(site.Diagnostic.Location.SourceSpan);
        if (KeyTemplateParser.TryParse(hole, isPattern: false, out var parts, out _) && parts is [{ Format: not null } part])
            yield return Write(literal, hole, "{" + part.Text);
    }

    private static IEnumerable<Edit> OfName(FixSite site, InterpolationSyntax interpolation)
    {
        // In a raw string of one $ a brace cannot be written.
        if (interpolation.Parent is InterpolatedStringExpressionSyntax { StringStartToken.Text: "$\"" or "$@\"" or "@$\"" } text
            && site.Model.GetConstantValue(interpolation.Expression, site.CancellationToken).Value is string name)
        {
            yield return Write(text, interpolation.ToString(), "{{" + name + "}");
        }
    }

    // A format is left alone there: without one the text would depend on the culture.
    private static IEnumerable<Edit> InBuilder(InterpolationSyntax interpolation)
    {
        var contents = ((InterpolatedStringExpressionSyntax)interpolation.Parent!).Contents;
        int index = contents.IndexOf(interpolation);
        if (index > 0 && contents[index - 1] is InterpolationSyntax)
        {
            var colon = SyntaxFactory.InterpolatedStringText(SyntaxFactory.Token([], SyntaxKind.InterpolatedStringTextToken, ":", ":", []));
            yield return new("Separate the values by ':'", nameof(InBuilder), interpolation, editor => editor.InsertBefore(interpolation, colon));
        }
    }

    // Up to the brace that closes both.
    private static Edit Write(ExpressionSyntax template, string written, string meant) => new(
        $"Write '{meant}}}' instead of '{written}'", nameof(KeepInformationFix), template,
        editor => editor.ReplaceNode(template, (current, _) => TemplateText.Replace((ExpressionSyntax)current, written.Substring(0, written.Length - 1), meant)));
}
