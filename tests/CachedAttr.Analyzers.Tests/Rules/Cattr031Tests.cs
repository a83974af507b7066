using CachedAttr.Analyzers.Invalidation;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The pattern matches everything.</summary>
public sealed class Cattr031Tests : RuleTests<InvalidationPatternAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"*\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:*\", [|\"**\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"*:*\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|\"?*\"|])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("const string All = \"*\"; [Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache([|All|], On = InvalidateOn.Always)] public partial void Drop(int id); void DropCore(int id) { }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"*:tools\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:?\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"*{id}\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"[!x]*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Fact]
    public async Task The_message_shows_what_to_write()
    {
        var messages = await ReportsAsync(Service(
            "[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [InvalidateCache([|\"*\"|])] public partial void Drop(); void DropCore() { }"));
        Assert.Equal("'*' empties the whole cache, that of every other method included: name what changes, such as 'server:*'", Assert.Single(messages));
    }
}
