using Microsoft.CodeAnalysis;
using RoslynHarness;
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
            [CachePut("server:{id}")]
            public partial string Rename(int id);
            private string RenameCore(int id) => "";
        }
        """;

    private const string Users = """
        namespace Demo;
        public sealed partial class UserService(Cache cache) : Base
        {
            [Cached("user:{id}", Ttl = 600)]
            public partial int GetUser(int id);
            private int GetUserCore(int id) => id;
            [Cached(Templates.Group, Ttl = 600)]
            public partial int CountGroup(string group);
            private int CountGroupCore(string group) => 0;
            [InvalidateCache(Templates.Groups)]
            public partial void Clear();
            private void ClearCore() { }
            [CachePut(Templates.Group)]
            public partial int Recount(string group);
            private int RecountCore(string group) => 0;
        }
        """;

    private const string Templates = """
        namespace Demo;
        public static class Templates
        {
            public const string Group = "group:{group}";
            public const string Groups = "group:*";
        }
        """;

    private const string Base = "namespace Demo; public class Base;";

    private const string Filter = "namespace Demo; public sealed record Filter(string Text);";

    // By reflection, so that a new step cannot be forgotten here.
    private static readonly string[] AllSteps = [.. typeof(StepNames).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Steps => [.. AllSteps];

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
        var run = new IncrementalRun(new SourceProject { Files = [
            new("Service.cs", "namespace Demo; public partial class Service { [Cached(\"x\")] public partial Item? Get(); private Item? GetCore() => null; }"),
            new("Item.cs", "namespace Demo; public record Item(int Id);")] }).Edit("Item.cs", text => text.Replace("int Id", "int Id, int Added", StringComparison.Ordinal));

        Assert.Equal(Modified, Assert.Single(run.Reasons(StepNames.CachedMethods)));
        Assert.Contains("value.Added", run.Result.GeneratedSources.Single(source => source.HintName == "Demo.Service.g.cs").SourceText.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_reformatted_file_gives_the_same_models(string step)
    {
        var run = Run().Edit("Servers.cs", text => "// moved down\n\n" + text
            .Replace("    ", "\t", StringComparison.Ordinal)
            .Replace("=> 0;", "=> 0 + 0;", StringComparison.Ordinal)
            .Replace("[Cached(\"server:{id}\", Ttl = 600)]", "[CachedAttribute( /* key: */ \"server\" + \":{id}\",\n Ttl = 60_0 )] // ten minutes", StringComparison.Ordinal)
            .Replace("(int id)", "(\nint id /* the id */ )", StringComparison.Ordinal)
            .Replace("public sealed partial class", "partial  class", StringComparison.Ordinal));

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
    [InlineData(nameof(StepNames.Manifest), "[InvalidateCache(\"server:{id}\")]", "[InvalidateCache(\"server:*\")]")]
    public void A_change_of_what_the_model_reads_modifies_it(string step, string old, string @new, bool modifies = true)
    {
        var run = Run().Edit("Servers.cs", text => text.Replace(old, @new, StringComparison.Ordinal));

        Assert.Equal(modifies, run.Reasons(step).Contains(Modified));
    }

    [Theory]
    [InlineData(nameof(StepNames.CachedMethods), "Filter.cs", "string Text", "string Text, int Page", "ServerService")]
    [InlineData(nameof(StepNames.Types), "Filter.cs", "string Text", "string Text, int Page", "ServerService")]
    [InlineData(nameof(StepNames.CachedMethods), "Templates.cs", "group:{group}", "team:{group}", "UserService")]
    [InlineData(nameof(StepNames.InvalidatingMethods), "Templates.cs", "group:*", "team:*", "UserService")]
    [InlineData(nameof(StepNames.Types), "Templates.cs", "group:*", "team:*", "UserService")]
    [InlineData(nameof(StepNames.Manifest), "Templates.cs", "group:{group}", "team:{group}", "Manifest")]
    [InlineData(nameof(StepNames.CachedMethods), "Base.cs", "Base;", "Base { protected Cache Store => Cache.Default; }", "UserService")]
    [InlineData(nameof(StepNames.InvalidatingMethods), "Base.cs", "Base;", "Base { protected Cache Store => Cache.Default; }", "UserService")]
    public void A_change_in_another_file_that_matters_is_seen(string step, string file, string old, string @new, string generated)
    {
        var run = Run();
        string before = Source(run, generated);

        run.Edit(file, text => text.Replace(old, @new, StringComparison.Ordinal));

        Assert.Contains(Modified, run.Reasons(step));
        Assert.NotEqual(before, Source(run, generated));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_removed_type_leaves_the_others_as_they_are(string step)
    {
        var run = Run().Remove("Users.cs");

        Assert.Contains(step == StepNames.Manifest ? Modified : Removed, run.Reasons(step));
        Assert.DoesNotContain(Modified, run.Reasons(step).Where(_ => step != StepNames.Manifest));
        Assert.Equal([Modified, Cached, Removed], run.OutputReasons().Order()); // the manifest, the other type, the removed type
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
        var run = Run();
        foreach (object model in AllSteps.SelectMany(run.Outputs))
            ModelWalker.Visit(model, model.GetType().Name, seen);
        Assert.True(seen.Count > 20, "too little was visited to mean something");
    }

    [Fact]
    public void The_walk_over_models_fails_when_it_should() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ModelWalker.Visit(new { Deep = new[] { (object)Location.None } }, "", new HashSet<object>(ReferenceEqualityComparer.Instance)));

    private static IncrementalRun Run() =>
        new(new SourceProject { Files = [new("Servers.cs", Servers), new("Users.cs", Users), new("Filter.cs", Filter), new("Templates.cs", Templates), new("Base.cs", Base)] });

    private static string Source(IncrementalRun run, string type) =>
        run.Result.GeneratedSources.Single(source => source.HintName.Contains(type, StringComparison.Ordinal)).SourceText.ToString();
}
