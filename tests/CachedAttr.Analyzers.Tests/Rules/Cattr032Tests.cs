using CachedAttr.Analyzers.Invalidation;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>Nothing invalidates a cached method.</summary>
public sealed class Cattr032Tests : RuleTests<InvalidationCoverageAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int [|Get|](int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int [|Get|](int id); int GetCore(int id) => 0; [InvalidateCache(\"tools:*\")] public partial void Drop(); void DropCore() { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int [|Get|](int id); int GetCore(int id) => 0; Task DropAsync() => cache.InvalidateAsync(\"tools:*\", \"x\").AsTask();")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int [|Tools|](int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:{id}\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int [|Tools|](int id); int ToolsCore(int id) => 0; Task DropAsync(int id) => cache.RemoveAsync(CacheKeys.Get(id)).AsTask();")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; Task DropAsync(int id) => cache.InvalidateAsync($\"server:{id}\", $\"server:{id}:*\").AsTask();")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; Task DropAsync(int id) => cache.RemoveAsync(CacheKeys.Get(id), CacheKeys.Tools(id)).AsTask();")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; Task DropAsync(string pattern) => cache.InvalidateAsync(pattern).AsTask();")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; [InvalidateCache(\"server:{id}:tools\", Method = nameof(Get))] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Tools(int id); int ToolsCore(int id) => 0; void Drop() => cache.ClearAsync();")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Theory]
    [InlineData("[InvalidateCache(Tags = [\"team:{team}\"])] public partial void Drop(int team); void DropCore(int team) { }")]
    [InlineData("ValueTask DropAsync(int team) => cache.InvalidateTagAsync($\"team:{team}\");")]
    public async Task Tags_invalidate_too(string members) => await IsSilentAsync(Service(
        "[Cached(\"server:{id}\", Ttl = 60, Tags = [\"team:{result}\"])] public partial int Get(int id); int GetCore(int id) => 0; " + members));

    [Fact]
    public void It_is_off_by_default() => Assert.False(Assert.Single(new InvalidationCoverageAnalyzer().SupportedDiagnostics).IsEnabledByDefault);
}
