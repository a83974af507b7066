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
    public static async Task<IReadOnlyList<Diagnostic>> ReportsAsync<TAnalyzer>(string rule, string marked)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var source = MarkedSource.Parse(marked);
        var diagnostics = await DiagnosticsAsync(SourceProject.Of(source.Text), new TAnalyzer());
        var found = diagnostics.Where(diagnostic => diagnostic.Id == rule).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        Assert.Equal(source.Spans.Select(source.Text.Substring), found.Select(diagnostic => source.Text.Substring(diagnostic.Location.SourceSpan)));
        Assert.Equal(source.Spans, found.Select(diagnostic => diagnostic.Location.SourceSpan));
        return found;
    }

    /// <summary>All that analyzers report, suppressed diagnostics left out.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(SourceProject project, params DiagnosticAnalyzer[] analyzers)
    {
        var compilation = project.Generate().Compilation;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);
        var diagnostics = await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return diagnostics;
    }

    private static string Substring(this string text, Microsoft.CodeAnalysis.Text.TextSpan span) => text.Substring(span.Start, span.Length);
}
