using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Docs.Tests;

/// <summary>The code on the pages compiles as it stands there, with the generator and all rules.</summary>
public sealed class SnippetTests
{
    // Those that are off by default would find every excerpt that only reads.
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(Analyzers.DeclarationAnalyzer).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.IsEnabledByDefault)),
    ];

    // The pages of the rules have tests of their own, which know what is not compliant.
    private static readonly IReadOnlyList<CodeBlock> Blocks =
        [.. Page.All.Where(page => !page.Path.StartsWith("docs/rules/", StringComparison.Ordinal)).SelectMany(page => page.Blocks).Where(block => block.Language == "csharp")];

    public static TheoryData<string> Places => [.. Blocks.Select(block => block.ToString())];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_block_compiles_and_breaks_the_rules_that_it_says_and_no_other(string place)
    {
        var block = Blocks.Single(candidate => candidate.ToString() == place);
        var generated = Snippet.Project(block).Generate();
        if (block.Reports.Count == 0)
            generated.Emit();
        Assert.Equal(block.Reports.Order(StringComparer.Ordinal), (await ReportedAsync(generated)).Select(problem => problem.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_block_escapes() => Assert.All(Page.All, page => Assert.Equal(
        page.Text.Split('\n').Count(line => line.TrimStart().StartsWith("```csharp", StringComparison.Ordinal)), page.Blocks.Count(block => block.Language == "csharp")));

    [Fact]
    public async Task What_the_compiler_says_is_what_the_page_shows()
    {
        var shown = Page.All.SelectMany(page => page.Blocks.Zip(page.Blocks.Skip(1)))
            .Where(pair => pair is { First: { Language: "csharp", Reports.Count: > 0 }, Second.Language: "text" }).ToList();
        Assert.NotEmpty(shown);
        foreach (var (code, output) in shown)
        {
            var reported = await ReportedAsync(Snippet.Project(code).Generate());
            string written = string.Concat(reported.Select(problem => Written(problem, code)));
            if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
                Replace(output, written);
            else
                Assert.Equal(written, output.Text);
        }
    }

    private static async Task<IReadOnlyList<Diagnostic>> ReportedAsync(GeneratedProject generated)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var reported = await generated.Compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        return [.. reported.Where(problem => !problem.IsSuppressed).OrderBy(problem => problem.Location.SourceSpan.Start)];
    }

    private static void Replace(CodeBlock block, string text)
    {
        string file = Path.Combine(Page.Root, block.Page);
        string[] lines = File.ReadAllLines(file);
        File.WriteAllText(file, string.Join('\n', lines[..(block.Line - 1)]) + '\n' + text + string.Join('\n', lines[(block.Line - 1 + block.Text.Count('\n'))..]) + '\n');
    }

    /// <summary>As the command line writes it, with lines counted from the beginning of the block. Everything is an error here, so the severity is the rule's own.</summary>
    private static string Written(Diagnostic problem, CodeBlock block)
    {
        var start = problem.Location.GetMappedLineSpan().StartLinePosition;
        return $"Orders.cs({start.Line + 2 - block.Line},{start.Character + 1}): {problem.DefaultSeverity.ToString().ToLowerInvariant()} {problem.Id}: {problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}\n";
    }
}
