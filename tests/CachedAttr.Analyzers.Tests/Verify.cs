using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests;

/// <summary>Runs an analyzer over code in which <c>[|…|]</c> marks where it has to report, as in a build: after generation, beside the compiler.</summary>
internal static class Verify
{
    /// <summary>Asserts that an analyzer reports one rule exactly at the marks.</summary>
    /// <returns>The diagnostics, in the order of their places, for assertions about their messages.</returns>
    public static async Task<IReadOnlyList<Diagnostic>> ReportsAsync<TAnalyzer>(string rule, string marked, params (string Name, string Value)[] settings)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var source = MarkedSource.Parse(marked);
        var diagnostics = await DiagnosticsAsync(SourceProject.Of(source.Text).Generate().Compilation, settings, new TAnalyzer());
        var found = diagnostics.Where(diagnostic => diagnostic.Id == rule).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        Assert.Equal(source.Spans.Select(source.Text.Substring), found.Select(diagnostic => source.Text.Substring(diagnostic.Location.SourceSpan)));
        Assert.Equal(source.Spans, found.Select(diagnostic => diagnostic.Location.SourceSpan));
        return found;
    }

    /// <summary>All that analyzers report, suppressed diagnostics left out.</summary>
    public static Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(SourceProject project, params DiagnosticAnalyzer[] analyzers) =>
        DiagnosticsAsync(project.Generate().Compilation, [], analyzers);

    /// <summary>All that analyzers report in a compilation, rules that are off by default included.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Compilation compilation, (string Name, string Value)[] settings, params DiagnosticAnalyzer[] analyzers)
    {
        var enabled = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => !rule.IsEnabledByDefault)
            .Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn));
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.AddRange(enabled)));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new EditorConfig(settings)),
            onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);
        var diagnostics = await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return diagnostics;
    }

    private static string Substring(this string text, Microsoft.CodeAnalysis.Text.TextSpan span) => text.Substring(span.Start, span.Length);
}
