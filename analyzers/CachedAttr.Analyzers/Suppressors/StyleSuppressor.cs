using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Suppressors;

/// <summary>Takes back what other analyzers say about Cores and what belongs to them, where following it would break the build.</summary>
/// <remarks>Each suppression names the one rule that it is about. What is right is left: that a Core could be static, for one.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StyleSuppressor : DiagnosticSuppressor
{
    private static readonly ImmutableArray<Case> Cases =
    [
        // While an attribute is wrong nothing is generated, and what generated code uses looks unused.
        new("IDE0051", "Generated code calls it", static (symbol, _) => symbol is IMethodSymbol method && GeneratedUse.Calls(method)),
        new("S1144", "Generated code calls it", static (symbol, _) => symbol is IMethodSymbol method && GeneratedUse.Calls(method)),
        new("IDE0052", "Generated code reads it", static (symbol, _) => IsCacheOfMethods(symbol)),
        new("CS9113", "Generated code reads it", static (symbol, _) => IsCacheOfMethods(symbol)),
        // Both classes keep one reference to one cache: what the compiler warns of, that they could come to differ, cannot happen to it.
        new("CS9107", "Both refer to the same cache", static (symbol, _) => IsCacheOfMethods(symbol)),
        new("RCS1043", "The other part is generated", static (symbol, _) => symbol is INamedTypeSymbol type && GeneratedUse.WritesIn(type)),
        new("CA1822", "The body is generated", static (symbol, _) => symbol is IMethodSymbol method && GeneratedUse.Writes(method)),
        new("MA0038", "The body is generated", static (symbol, _) => symbol is IMethodSymbol method && GeneratedUse.Writes(method)),

        // A signature that is not free.
        new("IDE0060", "The signature is that of the cached method", static (symbol, _) => IsOfGivenSignature(symbol)),
        new("RCS1163", "The signature is that of the cached method", static (symbol, _) => IsOfGivenSignature(symbol)),
        new("S1172", "The signature is that of the cached method", static (symbol, _) => IsOfGivenSignature(symbol)),
        new("CA1859", "The signature is that of the cached method", static (symbol, inBody) => !inBody && symbol is IMethodSymbol method && GeneratedUse.IsLoader(method)),
    ];

    private static readonly ImmutableDictionary<string, Case> ById = Cases.ToImmutableDictionary(known => known.Descriptor.SuppressedDiagnosticId, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [.. Cases.Select(known => known.Descriptor)];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree || !ById.TryGetValue(diagnostic.Id, out var known))
                continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            bool inBody = node.FirstAncestorOrSelf<SyntaxNode>(static candidate => candidate is BlockSyntax or ArrowExpressionClauseSyntax) is not null;
            if (Symbol(node, context.GetSemanticModel(tree), context.CancellationToken) is { } symbol && known.Applies(symbol, inBody))
                context.ReportSuppression(Suppression.Create(known.Descriptor, diagnostic));
        }
    }

    /// <summary>What is declared around a place.</summary>
    private static ISymbol? Symbol(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        // A primary constructor's argument for its base.
        if (node.FirstAncestorOrSelf<PrimaryConstructorBaseTypeSyntax>() is not null)
            return model.GetSymbolInfo(node is ArgumentSyntax argument ? argument.Expression : node, cancellationToken).Symbol;
        var declaration = node.FirstAncestorOrSelf<SyntaxNode>(static candidate => candidate is ParameterSyntax or VariableDeclaratorSyntax or MemberDeclarationSyntax and not BaseFieldDeclarationSyntax);
        return declaration is null ? null : model.GetDeclaredSymbol(declaration, cancellationToken);
    }

    private static bool IsOfGivenSignature(ISymbol symbol) => symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
        && !GeneratedUse.IsEntryContext(parameter) && (GeneratedUse.IsLoader(method) || GeneratedUse.Writes(method) || (parameter.Ordinal == 0 && GeneratedUse.TakesResult(method)));

    private static bool IsCacheOfMethods(ISymbol symbol) =>
        symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol && MethodContext.TypeOf(symbol).IsCache() && GeneratedUse.WritesIn(symbol.ContainingType);

    private sealed class Case(string rule, string reason, Func<ISymbol, bool, bool> applies)
    {
        public SuppressionDescriptor Descriptor { get; } = new("CATTR-" + rule, rule, reason);

        /// <summary>Whether the rule is wrong about a symbol, and whether it speaks about the body of it.</summary>
        public Func<ISymbol, bool, bool> Applies { get; } = applies;
    }
}
