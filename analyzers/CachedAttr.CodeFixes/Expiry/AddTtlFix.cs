using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Expiry;

/// <summary>CATTR001: bounds a cached method by the time to live that is also the default at run time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddTtlFix)), Shared]
public sealed class AddTtlFix : EditingFix
{
    private const string Ttl = "Ttl";
    private const int Seconds = 300;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.Unbounded.Id];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
            yield return new($"Set Ttl to {Seconds} seconds", Ttl, attribute, editor => editor.ReplaceNode(attribute, static (current, _) => WithTtl((AttributeSyntax)current)));
    }

    private static AttributeSyntax WithTtl(AttributeSyntax attribute)
    {
        var value = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(Seconds));
        var written = attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == Ttl);
        return written is null
            ? AttributeArgumentEdits.Add(attribute, Ttl, value)
            : attribute.ReplaceNode(written.Expression, value.WithTriviaFrom(written.Expression));
    }
}
