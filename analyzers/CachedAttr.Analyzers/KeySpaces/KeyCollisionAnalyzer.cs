using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>Reports methods that can produce a key of another one: by what both can write, not by how their templates look.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyCollisionAnalyzer : SourceAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.SharedKey];

    private protected override void Register(AnalysisContext context) => context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);

    // Only what stands before: each pair is reported once, at the later of the two.
    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        if (method.Cached is null)
            return;
        var keys = KeySpace.Of(context.Compilation, context.CancellationToken);
        if (keys.Find(method.Symbol) is not { } own)
            return;
        foreach (var other in keys.Near(own).TakeWhile(key => key != own))
        {
            // Each cache has its own entries.
            bool isOneCache = own.CacheName == other.CacheName || other.Method is null;
            if (isOneCache && !Twins.Are(own, other) && keys.KeyInCommon(other, own) is { } example)
            {
                method.Report(Rules.SharedKey, new(PlaceKind.Argument), other.Name, own.Name, example);
                return;
            }
        }
    }
}
