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

    private protected override void Register(AnalysisContext context)
    {
        context.RegisterCompilationStartAction(static start =>
        {
            var (compilation, cancellationToken) = (start.Compilation, start.CancellationToken);
            var keys = new Lazy<KeySpace>(() => KeySpace.Of(compilation, cancellationToken));
            start.RegisterSyntaxNodeAction(ForMethods((method, _) => Analyze(method, keys)), SyntaxKind.MethodDeclaration);
        });
    }

    // Only what stands before: each pair is reported once, at the later of the two.
    private static void Analyze(AttributedMethod method, Lazy<KeySpace> known)
    {
        if (method.Cached is null)
            return;
        var keys = known.Value;
        if (keys.Find(method.Symbol) is not { } own)
            return;
        foreach (var other in keys.Referenced.Concat(keys.Own.TakeWhile(key => key != own)))
        {
            if (!Twins.Are(own, other) && keys.KeyInCommon(other, own) is { } example)
            {
                method.Report(Rules.SharedKey, new(PlaceKind.Argument), other.Name, own.Name, example);
                return;
            }
        }
    }
}
