using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Suppressors;

/// <summary>Reports a rule of somebody else's at the marks of a source.</summary>
#pragma warning disable RS1001, RS1017 // it is not exported, and reports what it is told to
internal sealed class StandIn(string rule, MarkedSource source) : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _rule = new(rule, rule, rule, rule, DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxTreeAction(tree =>
        {
            if (tree.Tree.GetText().ToString() != source.Text)
                return;
            foreach (var span in source.Spans)
                tree.ReportDiagnostic(Diagnostic.Create(_rule, Location.Create(tree.Tree, span)));
        });
    }
}
