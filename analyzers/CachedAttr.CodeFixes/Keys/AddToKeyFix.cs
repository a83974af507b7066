using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>CATTR021: adds a parameter to the key's template, or leaves it out on purpose.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddToKeyFix)), Shared]
public sealed class AddToKeyFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.ParameterNotInKey];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<ParameterSyntax>() is not { } parameter || site.Method is not { } method || site.Parser(method) is not { } parser)
            yield break;
        string name = parameter.Identifier.ValueText;
        if (Template(parser) is { } template && HasKeyForm(parser, name))
        {
            string? value = site.Model.GetConstantValue(template.Expression, site.CancellationToken).Value as string;
            yield return new($"Add {{{name}}} to the key", nameof(AddToKeyFix), parameter, editor => editor.ReplaceNode(template, (current, _) =>
                TemplateText.Append((AttributeArgumentSyntax)current, name, current.IsEquivalentTo(template) ? value : null)));
        }

        yield return ParameterMarks.Add($"Leave '{name}' out of the key on purpose", "CacheKeyIgnore", parameter);
    }

    /// <summary>Where the template is written; null if there is none that can be longer.</summary>
    private static AttributeArgumentSyntax? Template(MethodContext parser)
    {
        var attribute = parser.Method.FindAttribute("CachedAttribute");
        if (attribute?.Named("KeyBuilder") is not null || attribute?.ApplicationSyntaxReference?.GetSyntax(parser.CancellationToken) is not AttributeSyntax syntax)
            return null;
        return syntax.SyntaxTree == parser.Syntax.SyntaxTree ? syntax.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null) : null;
    }

    private static bool HasKeyForm(MethodContext parser, string name) =>
        new HoleParser(parser).Parse(new TemplatePart(null, [name], null, 0, 0), ProblemPlace.Parameter(name)) is not null;
}
