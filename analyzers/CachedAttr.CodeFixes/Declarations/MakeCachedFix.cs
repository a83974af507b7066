using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>CATTR010, CATTR011: splits an ordinary method into a partial declaration and its Core, in types that are partial. Callers stay as they are.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeCachedFix)), Shared]
public sealed class MakeCachedFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.MethodNotPartial, RuleIds.TypeNotPartial];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (site.Method is not { } method || site.Parser(method) is not { } parser || !PartialTypes.AreFit(parser.Type))
            yield break;
        if (method.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            if (site.Diagnostic.Id == RuleIds.TypeNotPartial)
                yield return new("Make the containing types partial", RuleIds.TypeNotPartial, method, editor => PartialTypes.MakePartial(editor, method));
        }
        else if (CanBeSplit(parser, method) && CoreName.Unused(parser) is { } core)
        {
            var split = new CoreSplit(site, parser, core);
            yield return new($"Move the body to '{core}' and let the build write '{parser.Method.Name}'", RuleIds.MethodNotPartial, method, editor =>
            {
                editor.InsertAfter(method, split.Core(method));
                editor.ReplaceNode(method, (current, _) => split.Declaration((MethodDeclarationSyntax)current));
                PartialTypes.MakePartial(editor, method);
            });
        }
    }

    // An async void has ended for the generated code before its work has.
    private static bool CanBeSplit(MethodContext parser, MethodDeclarationSyntax method) =>
        (method.Body ?? (SyntaxNode?)method.ExpressionBody) is not null && method.ExplicitInterfaceSpecifier is null && !parser.Method.IsExtern
        && !(parser.Method.IsAsync && parser.Method.ReturnsVoid);
}
