using System.Collections.Immutable;
using CachedAttr.Analyzers.KeySpaces;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Reports cached methods that nothing in the compilation invalidates: for teams that want no value to be served until it expires.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidationCoverageAnalyzer : SourceAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.NeverInvalidated];

    private protected override void Register(AnalysisContext context) => context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        if (method.Cached is not null && KeySpace.Of(context.Compilation, context.CancellationToken).Find(method.Symbol) is { } key
            && !KnownInvalidations.Of(context.Compilation, context.CancellationToken).Concern(key))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NeverInvalidated, method.Syntax.Identifier.GetLocation(), method.Symbol.Name, key.Template));
        }
    }
}
