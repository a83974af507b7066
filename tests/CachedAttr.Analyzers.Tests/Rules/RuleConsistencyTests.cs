using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>Ids, descriptors, pages, release files and tests say the same.</summary>
public sealed class RuleConsistencyTests
{
    // What the code on the pages uses.
    private const string Surroundings = """
        public sealed record Server(int Id, string Name);
        public sealed record Product(int Id, string Name);
        public abstract class Db
        {
            public abstract bool IsCacheOn { get; }
            public abstract Task<decimal> PriceAsync(string article);
            public abstract Task<string> TextAsync(string name);
            public abstract Task<Server?> ServerAsync(int id);
            public abstract Task<Product?> ProductAsync(int id);
            public abstract Task<ReadOnlyMemory<byte>> BytesAsync(string name);
        }
        """;

    public static TheoryData<string> Ids => AllRules.Ids;

    [Fact]
    public void Every_declared_rule_is_reported_by_an_analyzer_and_has_an_id_of_its_own()
    {
        var declared = typeof(Analyzers.Rules).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().ToList();
        Assert.Equal(declared.Select(rule => rule.Id).Order(StringComparer.Ordinal), AllRules.Descriptors.Select(rule => rule.Id));
        Assert.Equal(declared.Count, declared.Select(rule => rule.Id).Distinct().Count());
        Assert.All(declared, rule => Assert.Matches("^CATTR[0-9]{3}$", rule.Id));
        Assert.All(declared, rule => Assert.Equal($"docs/rules/{rule.Id}.md", rule.HelpLinkUri));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_page_with_all_of_its_parts(string id)
    {
        var rule = AllRules.Descriptors.Single(candidate => candidate.Id == id);
        string page = RulePages.Read(id);
        string severity = rule.DefaultSeverity.ToString().ToLowerInvariant() + (rule.IsEnabledByDefault ? "" : " (off by default)");
        Assert.StartsWith($"# {id}: {rule.Title.ToString(CultureInfo.InvariantCulture)}\n\n`{rule.Category}`, {severity}\n", page, StringComparison.Ordinal);
        Assert.True(RulePages.Section(id, "How it hurts").Length > 150, "The harm is to be shown by an example.");
        Assert.NotEmpty(RulePages.Section(id, "Configuration"));
        Assert.NotEmpty(RulePages.Section(id, "When to suppress"));
    }

    [Fact]
    public void There_is_no_page_without_a_rule_and_the_list_has_all()
    {
        var pages = Directory.GetFiles(RulePages.Pages, "CATTR*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);
        Assert.Equal(AllRules.Descriptors.Select(rule => rule.Id), pages);
        string list = File.ReadAllText(Path.Combine(RulePages.Pages, "README.md"));
        Assert.All(AllRules.Descriptors, rule => Assert.Contains(
            $"| [{rule.Id}]({rule.Id}.md) | {rule.Title.ToString(CultureInfo.InvariantCulture)} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString().ToLowerInvariant() : "off")} |",
            list, StringComparison.Ordinal));
    }

    [Fact]
    public void The_release_files_list_the_rules_as_they_are()
    {
        string folder = Path.Combine(RulePages.Root, "analyzers", "CachedAttr.Analyzers");
        var lines = Directory.GetFiles(folder, "AnalyzerReleases.*.md").SelectMany(File.ReadAllLines).Where(line => line.StartsWith("CATTR", StringComparison.Ordinal));
        var expected = AllRules.Descriptors.Select(rule =>
            $"{rule.Id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Disabled")} | {rule.Title.ToString(CultureInfo.InvariantCulture)}");
        Assert.Equal(expected, lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_test_class_with_four_cases_of_each_kind(string id)
    {
        string name = $"C{id[1..].ToLowerInvariant()}Tests";
        var type = typeof(RuleConsistencyTests).Assembly.GetTypes().Single(candidate => candidate.Name == name);
        var cases = type.GetMethods().Select(method => (method.Name, Cases: method.GetCustomAttributes<InlineDataAttribute>().Count())).ToList();
        Assert.True(cases.Where(method => method.Name.StartsWith("It_is_reported", StringComparison.Ordinal)).Sum(method => method.Cases) >= 4, "At least four cases that are reported.");
        Assert.True(cases.Where(method => method.Name.StartsWith("It_is_silent", StringComparison.Ordinal)).Sum(method => method.Cases) >= 4, "At least four cases that are not.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_code_on_the_page_is_what_it_says(string id)
    {
        var bad = await Verify.DiagnosticsAsync(SourceProject.Of(RulePages.Code(id, "Non-compliant"), Surroundings), Analyzers());
        Assert.Equal([id], bad.Select(diagnostic => diagnostic.Id).Distinct());
        var good = SourceProject.Of(RulePages.Code(id, "Compliant"), Surroundings);
        Assert.Empty(good.Generate().Problems.Where(problem => problem.DefaultSeverity == DiagnosticSeverity.Error));
        Assert.Empty(await Verify.DiagnosticsAsync(good, Analyzers()));

        // What is off by default would find every example that only reads.
        DiagnosticAnalyzer[] Analyzers() =>
            [.. AllRules.Analyzers().Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.IsEnabledByDefault || rule.Id == id))];
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_pragma_silences_it(string id)
    {
        string silenced = $"#pragma warning disable {id}\n{RulePages.Code(id, "Non-compliant")}";
        var found = await Verify.DiagnosticsAsync(SourceProject.Of(silenced, Surroundings), AllRules.Analyzers());
        Assert.DoesNotContain(id, found.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Messages_end_without_a_period_and_name_something() => Assert.All(AllRules.Descriptors, rule =>
    {
        string message = rule.MessageFormat.ToString(CultureInfo.InvariantCulture);
        Assert.False(message.EndsWith('.'), message);
        Assert.Contains("{0}", message, StringComparison.Ordinal);
    });
}
