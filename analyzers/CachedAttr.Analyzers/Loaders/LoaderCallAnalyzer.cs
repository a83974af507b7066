using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>Reports calls of a <c>{Name}Core</c>: they go past the cache, or past the invalidation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoaderCallAnalyzer : SourceAnalyzer
{
    private const string Core = "Core";
    private const string Async = "Async";
    private static readonly string[] Attributes = [AttributedMethod.CachedName, AttributedMethod.InvalidatingName, AttributedMethod.PutName];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.CoreCalled];

    // By names, and only then by what they mean: most names are of something else.
    private protected override void Register(AnalysisContext context) => context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.IdentifierName, SyntaxKind.GenericName);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var name = (SimpleNameSyntax)context.Node;
        if (NameOfMethod(name.Identifier.ValueText) is not { } wanted
            || context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is not IMethodSymbol target || IsInNameOf(name))
        {
            return;
        }

        // An override builds upon its base, and a load may need another of the same kind: a parent, the page before.
        bool isBase = name.Parent is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } access && access.Name == name;
        if (isBase || SymbolEqualityComparer.Default.Equals(context.ContainingSymbol?.OriginalDefinition, target.OriginalDefinition))
            return;
        if (Find(target, wanted) is { } method)
        {
            string harm = method.HasAttribute(AttributedMethod.CachedName) ? "goes past the cache"
                : method.HasAttribute(AttributedMethod.InvalidatingName) ? "goes past the invalidation, so old values stay"
                : "goes past the cache, which keeps the old value";
            context.ReportDiagnostic(Diagnostic.Create(Rules.CoreCalled, name.GetLocation(), target.Name, harm, method.Name));
        }
    }

    private static bool IsInNameOf(SimpleNameSyntax name) => name.Ancestors()
        .TakeWhile(ancestor => ancestor is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax)
        .Any(ancestor => ancestor is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    /// <summary><c>GetCoreAsync</c> → <c>GetAsync</c>; null for other names.</summary>
    private static string? NameOfMethod(string loader)
    {
        string async = loader.EndsWith(Async, StringComparison.Ordinal) ? Async : "";
        string name = loader.Substring(0, loader.Length - async.Length);
        return name.Length > Core.Length && name.EndsWith(Core, StringComparison.Ordinal) ? name.Substring(0, name.Length - Core.Length) + async : null;
    }

    private static IMethodSymbol? Find(IMethodSymbol target, string name) => target.ContainingType.OriginalDefinition
        .GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(
            method => Attributes.Any(attribute => method.HasAttribute(attribute))
                && LoaderFinder.Arguments(target.OriginalDefinition, method) is not null && IsLoadedBy(method, target));

    private static bool IsLoadedBy(IMethodSymbol method, IMethodSymbol target) =>
        method.FindAttribute(AttributedMethod.CachedName)?.Named("Loader") is not string loader || loader == target.Name;
}
