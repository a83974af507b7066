using CachedAttr.Analyzers.Tests.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Seeded;

/// <summary>Sixty services and one with one caching bug each, and without it: every bug is found where it is, by its rule alone, and nothing is found where there is none.</summary>
public sealed class SeededBugTests
{
    public static TheoryData<string> Names => [.. SeededService.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_bug_is_found(string name)
    {
        var service = SeededService.Read(name);
        var found = await Verify.DiagnosticsAsync(SourceProject.Of(service.Buggy), AnalyzersFor(service));
        var diagnostic = Assert.Single(found);
        var span = diagnostic.Location.SourceSpan;
        Assert.Equal((service.Rule, service.Mark), (diagnostic.Id, service.Buggy.Substring(span.Start, span.Length)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_found_without_it(string name)
    {
        var service = SeededService.Read(name);
        var project = SourceProject.Of(service.Clean);
        Assert.Empty(project.Generate().Problems.Where(problem => problem.DefaultSeverity == DiagnosticSeverity.Error));
        Assert.Empty(await Verify.DiagnosticsAsync(project, AnalyzersFor(service)));
    }

    [Fact]
    public void There_are_sixty_or_more_and_every_rule_has_one()
    {
        Assert.True(SeededService.Names.Count >= 60);
        var rules = SeededService.Names.Select(name => SeededService.Read(name).Rule).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(AllRules.Descriptors.Select(rule => rule.Id), rules.Order(StringComparer.Ordinal));
    }

    // What is off by default is on for its own bug only: most services here only read.
    private static DiagnosticAnalyzer[] AnalyzersFor(SeededService service) =>
        [.. AllRules.Analyzers().Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.IsEnabledByDefault || rule.Id == service.Rule))];
}
