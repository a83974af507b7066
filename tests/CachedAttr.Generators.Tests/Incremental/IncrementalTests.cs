using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace CachedAttr.Generators.Tests.Incremental;

/// <summary>What an edit makes the generator do again: for each step the five edits that tell a good pipeline from a bad one.</summary>
public sealed class IncrementalTests
{
    private const string Servers = """
        namespace Demo;
        public sealed partial class ServerService(Cache cache)
        {
            [Cached("server:{id}", Ttl = 600)]
            public partial Task<string> GetServerAsync(int id);
            private Task<string> GetServerCoreAsync(int id) => Task.FromResult("");
            [Cached("search:{filter}", Ttl = 60)]
            public partial int Search(Filter filter);
            private int SearchCore(Filter filter) => 0;
            [InvalidateCache("server:{id}")]
            public partial void Update(int id);
            private void UpdateCore(int id) { }
        }
        """;

    private const string Users = """
        namespace Demo;
        public sealed partial class UserService(Cache cache)
        {
            [Cached("user:{id}", Ttl = 600)]
            public partial int GetUser(int id);
            private int GetUserCore(int id) => id;
            [InvalidateCache("user:*")]
            public partial void Clear();
            private void ClearCore() { }
        }
        """;

    private const string Filter = "namespace Demo; public sealed record Filter(string Text);";

    public static TheoryData<string> Steps => [StepNames.CachedMethods, StepNames.InvalidatingMethods, StepNames.Types, StepNames.Manifest];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_file_that_has_nothing_to_do_with_it_runs_no_step_again(string step)
    {
        var run = Run().Edit("Other.cs", _ => "namespace Demo; public static class Other { public static int Number => 1; }");

        Assert.All(run.Reasons(step), reason => Assert.True(reason is Cached or Unchanged, $"{step}: {reason}"));
        Assert.All(run.OutputReasons(), reason => Assert.Equal(Cached, reason));
        Assert.NotEmpty(run.Reasons(step));
    }

    [Fact]
    public void A_change_of_a_result_type_in_another_file_writes_its_formatter_again()
    {
        var run = new IncrementalRun(
            ("Service.cs", "namespace Demo; public partial class Service { [Cached(\"x\")] public partial Item? Get(); private Item? GetCore() => null; }"),
            ("Item.cs", "namespace Demo; public record Item(int Id);")).Edit("Item.cs", text => text.Replace("int Id", "int Id, int Added", StringComparison.Ordinal));

        Assert.Equal(Modified, Assert.Single(run.Reasons(StepNames.CachedMethods)));
        Assert.Contains("value.Added", run.Result.GeneratedSources.Single(source => source.HintName == "Demo.Service.g.cs").SourceText.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_reformatted_file_gives_the_same_models(string step)
    {
        var run = Run().Edit("Servers.cs", text => "// moved down\n\n" + text.Replace("    ", "\t", StringComparison.Ordinal).Replace("=> 0;", "=> 0 + 0;", StringComparison.Ordinal));

        Assert.All(run.Reasons(step), reason => Assert.True(reason is Cached or Unchanged, $"{step}: {reason}"));
        Assert.All(run.OutputReasons(), reason => Assert.True(reason is Cached or Unchanged));
    }

    [Theory]
    [InlineData(nameof(StepNames.CachedMethods), "server:{id}", "machine:{id}")]
    [InlineData(nameof(StepNames.CachedMethods), "Ttl = 600", "Ttl = 601")]
    [InlineData(nameof(StepNames.CachedMethods), "Task<string> GetServer", "Task<string?> GetServer")]
    [InlineData(nameof(StepNames.InvalidatingMethods), "[InvalidateCache(\"server:{id}\")]", "[InvalidateCache(\"server:*\")]")]
    [InlineData(nameof(StepNames.InvalidatingMethods), "void Update(int id)", "void Update(int id = 5)", false)]
    [InlineData(nameof(StepNames.Types), "(Cache cache)", "(Cache store)")]
    [InlineData(nameof(StepNames.Manifest), "Ttl = 600", "Ttl = 601")]
    public void A_change_of_what_the_model_reads_modifies_it(string step, string old, string @new, bool modifies = true)
    {
        var run = Run().Edit("Servers.cs", text => text.Replace(old, @new, StringComparison.Ordinal));

        Assert.Equal(modifies, run.Reasons(step).Contains(Modified));
    }

    [Theory]
    [InlineData(nameof(StepNames.CachedMethods))]
    [InlineData(nameof(StepNames.Types))]
    public void A_change_in_another_file_that_matters_is_seen(string step)
    {
        var run = Run();
        string before = Source(run, "ServerService");

        run.Edit("Filter.cs", text => text.Replace("string Text", "string Text, int Page", StringComparison.Ordinal));

        Assert.Contains(Modified, run.Reasons(step));
        Assert.NotEqual(before, Source(run, "ServerService"));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_new_type_leaves_the_others_as_they_are(string step)
    {
        var run = Run().Edit("Orders.cs", _ => Users.Replace("UserService", "OrderService", StringComparison.Ordinal).Replace("user:", "order:", StringComparison.Ordinal));

        Assert.DoesNotContain(Modified, run.Reasons(step).Where(_ => step != StepNames.Manifest));
        Assert.Contains(step == StepNames.Manifest ? Modified : New, run.Reasons(step));
        Assert.Equal(1, run.OutputReasons().Count(reason => reason == New));
    }

    [Fact]
    public void An_edit_in_a_cached_method_writes_one_file_again()
    {
        var run = Run().Edit("Servers.cs", text => text.Replace("\"search:{filter}\"", "\"find:{filter}\"", StringComparison.Ordinal));

        Assert.Equal(2, run.OutputReasons().Count(reason => reason == Modified)); // its type's file, and the manifest, where the template is
        Assert.Equal(1, run.Reasons(StepNames.Types).Count(reason => reason == Modified));
    }

    [Fact]
    public void What_goes_from_step_to_step_holds_nothing_of_the_compiler()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (object model in Run().Models())
            ModelWalker.Visit(model, model.GetType().Name, seen);
        Assert.True(seen.Count > 20, "too little was visited to mean something");
    }

    [Fact]
    public void The_walk_over_models_fails_when_it_should() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ModelWalker.Visit(new { Deep = new[] { (object)Location.None } }, "", new HashSet<object>(ReferenceEqualityComparer.Instance)));

    private static IncrementalRun Run() => new(("Servers.cs", Servers), ("Users.cs", Users), ("Filter.cs", Filter));

    private static string Source(IncrementalRun run, string type) =>
        run.Result.GeneratedSources.Single(source => source.HintName.Contains(type, StringComparison.Ordinal)).SourceText.ToString();
}
