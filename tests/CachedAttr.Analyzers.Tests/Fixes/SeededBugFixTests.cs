using CachedAttr.Analyzers.Tests.Rules;
using CachedAttr.Analyzers.Tests.Seeded;
using CachedAttr.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>Sixty services with one caching bug each: where a fix is offered, every way out that it offers leaves code that compiles and that no rule reports.</summary>
public sealed class SeededBugFixTests
{
    // Of the sixty, these many have a rule with a fix that is clear about them.
    private const int Fixable = 27;

    [Fact]
    public async Task What_a_fix_makes_of_a_bug_has_none()
    {
        var fixable = new List<string>();
        foreach (string name in SeededService.Names)
        {
            var service = SeededService.Read(name);
            var analyzers = AllRules.Analyzers().Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.IsEnabledByDefault || rule.Id == service.Rule)).ToArray();
            int ways = await ActionsAsync(service, analyzers);
            for (int way = 0; way < ways; way++)
            {
                string text = await ApplyAsync(service, analyzers, way);
                Assert.Equal((name, way, ""), (name, way, string.Join('\n', await ProblemsAsync(text, analyzers))));
            }

            if (ways > 0)
                fixable.Add($"{name} {service.Rule} {ways}");
        }

        Assert.True(fixable.Count == Fixable, string.Join('\n', fixable));
    }

    private static async Task<int> ActionsAsync(SeededService service, DiagnosticAnalyzer[] analyzers)
    {
        using var workspace = new FixWorkspace(SourceProject.Of(service.Buggy), analyzers);

        // One rule is off by default, and has no fix.
        if (await workspace.DiagnosticsAsync() is not [var (document, diagnostic)])
            return 0;
        return For(diagnostic) is { } fix ? (await FixWorkspace.ActionsAsync(fix, document, diagnostic)).Count : 0;
    }

    private static async Task<string> ApplyAsync(SeededService service, DiagnosticAnalyzer[] analyzers, int way)
    {
        using var workspace = new FixWorkspace(SourceProject.Of(service.Buggy), analyzers);
        var (document, diagnostic) = Assert.Single(await workspace.DiagnosticsAsync());
        await workspace.ApplyAsync((await FixWorkspace.ActionsAsync(For(diagnostic)!, document, diagnostic))[way]);
        return Assert.Single(await workspace.TextsAsync());
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(string text, DiagnosticAnalyzer[] analyzers)
    {
        var project = SourceProject.Of(text);
        var errors = project.Generate().Problems.Where(problem => problem.DefaultSeverity == DiagnosticSeverity.Error);
        return errors.Concat(await Verify.DiagnosticsAsync(project, analyzers)).Select(problem => problem.ToString() + "\n" + text);
    }

    private static EditingFix? For(Diagnostic diagnostic) =>
        AllFixesTests.Fixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
}
