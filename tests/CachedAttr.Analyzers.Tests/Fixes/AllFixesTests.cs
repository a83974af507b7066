using System.Reflection;
using CachedAttr.CodeFixes;
using CachedAttr.CodeFixes.Expiry;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>What holds for every fix.</summary>
public sealed class AllFixesTests
{
    private const string Service = """
        public partial class Service(Cache cache)
        {
            [Cached("server:{id}:{page}")] public partial Task<string?> GetAsync(int id, int page, string password);
            Task<string?> GetCoreAsync(int id, int page, string password) => null!;
            [Cached("report:{day:yyyy}:{idd}", Ttl = 60, Tags = ["t:{resul.Length}"])] public string Find(DateOnly day, int id) => "" + GetCoreAsync(1, 2, "");
            [InvalidateCache("sever:{id}:*", "server:{ids}{x}")] public partial void Drop(int id); void DropCore(long number) { }
            class Inner { [Cached] public async Task<int> GetAsync<T>(T id = default!) where T : class { await Task.Yield(); return 1; } }
        }
        """;

    internal static readonly EditingFix[] Fixes =
        [.. typeof(EditingFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(EditingFix))).Select(type => (EditingFix)Activator.CreateInstance(type)!)];

    [Fact]
    public void Each_is_found_by_editors_and_can_be_applied_everywhere()
    {
        Assert.NotEmpty(Fixes);
        Assert.All(Fixes, fix =>
        {
            var export = fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>();
            Assert.Equal(fix.GetType().Name, export!.Name);
            Assert.Equal([LanguageNames.CSharp], export.Languages);
            Assert.Contains(FixAllScope.Solution, fix.GetFixAllProvider().GetSupportedFixAllScopes());
        });
    }

    [Fact]
    public void Each_is_for_rules_that_exist_and_that_no_other_one_is_for()
    {
        var rules = Analyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var ids = Fixes.SelectMany(fix => fix.FixableDiagnosticIds).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Contains(id, rules));
    }

    [Fact]
    public void Each_is_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "code-fixes.md"));
        Assert.All(Fixes.SelectMany(fix => fix.FixableDiagnosticIds), id => Assert.Contains(id, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_whole_project_is_fixed_at_once()
    {
        const string Text = "public partial class S{0} {{ [Cached] public partial int Get(); int GetCore() => 0; [Cached] public partial int Find(); int FindCore() => 0; }}";
        string[] files = [.. Enumerable.Range(0, 3).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, Text, i))];
        using var workspace = new FixWorkspace(SourceProject.Of(files), new DeclarationAnalyzer());
        var fix = new AddTtlFix();
        var (document, diagnostic) = (await workspace.DiagnosticsAsync("CATTR001"))[0];
        var action = Assert.Single(await FixWorkspace.ActionsAsync(fix, document, diagnostic));
        await workspace.ApplyAsync((await workspace.AllAsync(fix, document, diagnostic, action))!);
        Assert.Equal(files.Select(file => file.Replace("[Cached]", "[Cached(Ttl = 300)]", StringComparison.Ordinal)), await workspace.TextsAsync());
    }

    [Fact]
    public async Task Code_that_is_being_typed_throws_nothing()
    {
        var random = new Random(1);
        int applied = 0;
        for (int i = 0; i < 120; i++)
        {
            using var workspace = new FixWorkspace(SourceProject.Of(i == 0 ? Service : Break(random)), [.. Analyzers()]);
            foreach (var (document, diagnostic) in await workspace.DiagnosticsAsync())
            {
                foreach (var fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                {
                    foreach (var action in await FixWorkspace.ActionsAsync(fix, document, diagnostic))
                    {
                        await action.GetOperationsAsync(workspace.Solution, progress: null!, CancellationToken.None);
                        applied++;
                    }
                }
            }
        }

        Assert.True(applied > 400, $"{applied} fixes were applied.");
    }

    private static string Break(Random random)
    {
        int at = random.Next(Service.Length), length = Math.Min(random.Next(1, 12), Service.Length - at);
        return random.Next(3) switch
        {
            0 => Service.Remove(at, length),
            1 => Service[..at],
            _ => Service.Remove(at, length).Insert(random.Next(Service.Length - length), Service.Substring(at, length)),
        };
    }

    private static IEnumerable<DiagnosticAnalyzer> Analyzers() => typeof(DeclarationAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsSubclassOf(typeof(DiagnosticSuppressor)))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
