using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Results;

/// <summary>Reports cached types that a caller can change, under the hands of all other callers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CachedTypeAnalyzer : SourceAnalyzer
{
    private const int Local = 1;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.SharedMutable];

    private protected override void Register(AnalysisContext context) => context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        // What is kept in the backend only is read anew for each caller.
        if (method.Cached is not { } attribute || (attribute.Named("Tiers") is int tiers && (tiers & Local) == 0))
            return;
        SignatureParser.ReturnsOf(method.Symbol.ReturnType, out var result);
        if (result is null || !CachedMethodParser.IsCacheable(result))
            return;

        // A method of many keys makes a dictionary for each call; what is shared are the values.
        var shared = KeyParser.ManyOf(method.Parser(), attribute)?.Value ?? result;
        if (new Mutability(context.Compilation).Find(shared) is { } found)
            context.ReportDiagnostic(Diagnostic.Create(Rules.SharedMutable, method.Syntax.ReturnType.GetLocation(), method.Symbol.Name, found.What, found.WayOut));
    }
}
