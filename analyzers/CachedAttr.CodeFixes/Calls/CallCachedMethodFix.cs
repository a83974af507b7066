using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Analyzers;
using CachedAttr.Analyzers.Suppressors;
using CachedAttr.CodeFixes.Declarations;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Calls;

/// <summary>CATTR060: calls the cached or invalidating method instead of its Core.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallCachedMethodFix)), Shared]
public sealed class CallCachedMethodFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.CoreCalled.Id];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (Name(site.Node) is not { } name || site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is not IMethodSymbol core || Declaration(core) is not { } method)
            yield break;
        if (HasUnknownNames(name, method))
            yield break;
        yield return new($"Call '{method.Name}'", nameof(CallCachedMethodFix), name, editor => editor.ReplaceNode(name, (current, _) => Rename((SimpleNameSyntax)current, method.Name)));
    }

    /// <summary>The name that is reported, of a call or of a method that is passed on.</summary>
    private static SimpleNameSyntax? Name(SyntaxNode node) => node as SimpleNameSyntax ?? (node as MemberAccessExpressionSyntax)?.Name;

    private static IMethodSymbol? Declaration(IMethodSymbol core)
    {
        var definition = core.OriginalDefinition;
        var methods = definition.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .Where(method => GeneratedUse.IsAskedFor(method) && CoreName.Wanted(method) == definition.Name
                && method.IsStatic == definition.IsStatic && CoreName.HaveSameParameters(definition, method));
        return methods.Take(2).ToList() is [var only] ? only : null;
    }

    // Parameters may be called otherwise there.
    private static bool HasUnknownNames(SimpleNameSyntax name, IMethodSymbol method)
    {
        SyntaxNode called = name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax ? name.Parent : name;
        return (called.Parent as InvocationExpressionSyntax)?.ArgumentList.Arguments.Any(argument =>
            argument.NameColon is { } colon && !method.Parameters.Any(parameter => parameter.Name == colon.Name.Identifier.ValueText)) == true;
    }

    private static SimpleNameSyntax Rename(SimpleNameSyntax name, string other) => name.WithIdentifier(SyntaxFactory.Identifier(Display.Identifier(other)).WithTriviaFrom(name.Identifier));
}
