using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A rule's cases. The class is called after the rule: <c>Cattr001Tests</c>.</summary>
/// <typeparam name="TAnalyzer">The rule's analyzer.</typeparam>
public abstract class RuleTests<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    private string Rule => GetType().Name.Replace("Tests", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Asserts that the rule is reported exactly at the marks.</summary>
    /// <returns>The messages.</returns>
    private protected async Task<IReadOnlyList<string>> ReportsAsync(string marked, params (string Name, string Value)[] settings)
    {
        Assert.Contains("[|", marked, StringComparison.Ordinal);
        var found = await Verify.ReportsAsync<TAnalyzer>(Rule, marked, settings);
        return [.. found.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))];
    }

    /// <summary>Asserts that the rule is not reported in code that compiles.</summary>
    private protected async Task IsSilentAsync(string source, params (string Name, string Value)[] settings)
    {
        var generated = SourceProject.Of(source).Generate();
        Assert.Empty(generated.Problems.Where(problem => problem.DefaultSeverity == DiagnosticSeverity.Error));
        await Verify.ReportsAsync<TAnalyzer>(Rule, source, settings);
    }

    /// <summary>A service with some members.</summary>
    private protected static string Service(string members) => "public sealed partial class Service(Cache cache) { " + members + " }";
}
