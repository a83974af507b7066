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

    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(static start =>
    {
        var (compilation, cancellationToken) = (start.Compilation, start.CancellationToken);
        var keys = new Lazy<KeySpace>(() => KeySpace.Of(compilation, cancellationToken));
        var known = new Lazy<KnownInvalidations>(() => KnownInvalidations.Of(compilation, cancellationToken));
        start.RegisterSyntaxNodeAction(
            ForMethods((method, node) =>
            {
                if (method.Cached is not null && keys.Value.Find(method.Symbol) is { } key && !known.Value.Concern(key))
                    node.ReportDiagnostic(Diagnostic.Create(Rules.NeverInvalidated, method.Syntax.Identifier.GetLocation(), method.Symbol.Name, key.Template));
            }),
            SyntaxKind.MethodDeclaration);
    });
}
