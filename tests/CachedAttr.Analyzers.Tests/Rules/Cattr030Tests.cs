using CachedAttr.Analyzers.Invalidation;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The pattern matches no cached method.</summary>
public sealed class Cattr030Tests : RuleTests<InvalidationPatternAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"servers:*\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:{id}\", [|\"server:{id}:tool\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"server:{name}\"|])] public partial void Drop(bool name); void DropCore(bool name) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"server\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"server:[a-z]\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"server:{id}:tools:*\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"Server:*\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"*:tool\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"server:?????????????????????????\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("const string Pattern = \"srv:*\"; [Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|Pattern|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:*\"), InvalidateCache([|\"tools:*\"|])] public partial void Drop(); void DropCore() { }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:{id}\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"*:tools\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:{id}:*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:?\", \"server:[0-9]*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"s*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:{name}\")] public partial void Drop(string name); void DropCore(string name) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:{id}*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(Method = nameof(Get))] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[InvalidateCache(\"elsewhere:*\")] public partial void Drop(); void DropCore() { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"note:*\")] public partial void Drop(int id); void DropCore(int id) { } void Note(int id) => cache.Set($\"note:{id}\", 1);")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"note:1\")] public partial void Drop(int id); void DropCore(int id) { } const string Head = \"note:\"; void Note(int id) { var key = Head + id; cache.Set(key, 1); }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"whatever:*\")] public partial void Drop(int id); void DropCore(int id) { } void Note(string key) => cache.Set(key, 1);")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Theory]
    [InlineData("servr:{id}:tools", "int id", "server:{id}:tools")]
    [InlineData("server:{id}:tool", "int id", "server:{id}:tools")]
    [InlineData("servers:{serverId}", "int serverId", "server:{serverId}")]
    [InlineData("srver:*:tools", "int other", "server:*:tools")]
    public async Task The_nearest_template_is_offered_with_what_the_method_has(string pattern, string parameters, string suggestion)
    {
        var messages = await ReportsAsync(Service(
            "[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; "
            + $"[InvalidateCache([|\"{pattern}\"|])] public partial void Drop({parameters}); void DropCore({parameters}) {{ }}"));
        Assert.EndsWith($"so nothing is invalidated: did you mean '{suggestion}'?", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_far_from_everything_gets_no_suggestion()
    {
        var messages = await ReportsAsync(Service(
            "[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [InvalidateCache([|\"invoices-of-last-year\"|])] public partial void Drop(); void DropCore() { }"));
        Assert.EndsWith("so nothing is invalidated", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lib:*", 0)]
    [InlineData("lib:{id}:x", 1)]
    public async Task Methods_of_referenced_assemblies_count(string pattern, int expected)
    {
        var library = SourceProject.Of("namespace Lib; public partial class Items { [Cached(\"lib:{id}\", Ttl = 60)] internal partial string Get(int id); string GetCore(int id) => \"\"; }") with { Name = "Library" };
        var project = SourceProject.Of(Service($"[InvalidateCache(\"{pattern}\")] public partial void Drop(int id); void DropCore(int id) {{ }}"))
            with { References = [Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(library.Generate().Emit())] };
        Assert.Equal(expected, (await Verify.DiagnosticsAsync(project, new InvalidationPatternAnalyzer())).Length);
    }

    [Theory]
    [InlineData("team:{id}", 0)]
    [InlineData("teams:{id}", 1)]
    public async Task Tags_of_referenced_assemblies_count(string tag, int expected)
    {
        var library = SourceProject.Of("namespace Lib; public partial class Items { [Cached(\"lib:{id}\", Ttl = 60, Tags = [\"team:{result}\"])] internal partial int Get(int id); int GetCore(int id) => 0; }") with { Name = "Library" };
        var project = SourceProject.Of(Service($"[InvalidateCache(Tags = [\"{tag}\"])] public partial void Drop(int id); void DropCore(int id) {{ }}"))
            with { References = [Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(library.Generate().Emit())] };
        Assert.Equal(expected, (await Verify.DiagnosticsAsync(project, new InvalidationPatternAnalyzer())).Length);
    }

    [Theory]
    [InlineData("Tags = [[|\"teams\"|]]", "No entry of any cached method carries the tag 'teams', so nothing is invalidated: did you mean 'team:*'?")]
    [InlineData("Tags = [\"team:{id}\", [|\"tem:{id}\"|]]", "No entry of any cached method carries the tag 'tem:{id}', so nothing is invalidated: did you mean 'team:{id}'?")]
    [InlineData("\"server:*\", Tags = new[] { [|\"region:north\"|] }", "No entry of any cached method carries the tag 'region:north', so nothing is invalidated")]
    public async Task A_tag_that_nothing_carries_is_reported(string arguments, string message)
    {
        var messages = await ReportsAsync(Service(Tagged + $"[InvalidateCache({arguments})] public partial void Drop(int id); void DropCore(int id) {{ }}"));
        Assert.Equal(message, Assert.Single(messages));
    }

    [Theory]
    [InlineData("[InvalidateCache(Tags = [\"team:{id}\"])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[InvalidateCache(Tags = [\"team:{ids}\"])] public partial void Drop(int[] ids); void DropCore(int[] ids) { }")]
    [InlineData("[InvalidateCache(Tags = [\"all\"])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[InvalidateCache(Tags = [\"put:{id}\"])] public partial void Drop(int id); void DropCore(int id) { } [CachePut(\"put:{id}\", Tags = [\"put:{id}\"])] public partial int Set(int id); int SetCore(int id) => 0;")]
    [InlineData("[InvalidateCache(\"put:{id}\")] public partial void Drop(int id); void DropCore(int id) { } [CachePut(\"put:{id}\", Ttl = 60)] public partial int Set(int id); int SetCore(int id) => 0;")]
    [InlineData("[InvalidateCache(Tags = [\"hand\"])] public partial void Drop(int id); void DropCore(int id) { } void Set() => cache.Set(\"x\", 1, tags: [\"hand\"]);")]
    [InlineData("[InvalidateCache(Tags = [\"hand\"])] public partial void Drop(int id); void DropCore(int id) { } void Set(string[] tags) => cache.Set(\"x\", 1, null, tags);")]
    public async Task A_tag_that_something_carries_is_fine(string members) => await IsSilentAsync(Service(Tagged + members));

    private const string Tagged =
        "public sealed record Server(int Id, int TeamId); [Cached(\"server:{id}\", Ttl = 60, Tags = [\"team:{result.TeamId}\", \"all\"])] public partial Server? Get(int id); Server? GetCore(int id) => null; ";

    [Theory]
    [InlineData("[[|InvalidateCache|]] public partial void Drop(); void DropCore() { }")]
    [InlineData("[[|InvalidateCache(On = InvalidateOn.Always)|]] public partial void Drop(); void DropCore() { }")]
    [InlineData("[[|InvalidateCache()|], InvalidateCache(\"a:*\")] public partial void Drop(); void DropCore() { } [Cached(\"a:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    public async Task An_attribute_that_names_nothing_invalidates_nothing(string members) => await ReportsAsync(Service(members));
}
