using CachedAttr.Tests.Coherence;
using Microsoft.Extensions.Caching.Hybrid;

namespace CachedAttr.Tests.Interop;

/// <summary>"Asynchronously removes all values associated with the specified tags."</summary>
public sealed class HybridCacheTagTests : IAsyncDisposable
{
    private readonly Cache _cache = Cache.Create();
    private readonly HybridCache _hybrid;

    public HybridCacheTagTests() => _hybrid = _cache.AsHybridCache();

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    [Fact]
    public async Task All_values_with_the_tag_are_removed_and_no_others()
    {
        await _hybrid.SetAsync("a", "old", tags: ["red"]);
        await _hybrid.GetOrCreateAsync("b", "old", Value, tags: ["red", "blue"]);
        await _hybrid.SetAsync("c", "old", tags: ["blue"]);
        await _hybrid.SetAsync("d", "old");
        await _hybrid.RemoveByTagAsync("red");
        Assert.Equal(["new", "new", "old", "old"], await ReadAsync("a", "b", "c", "d"));
    }

    [Fact]
    public async Task Several_tags_are_removed_at_once()
    {
        await _hybrid.SetAsync("a", "old", tags: ["red"]);
        await _hybrid.SetAsync("b", "old", tags: ["blue"]);
        await _hybrid.SetAsync("c", "old", tags: ["green"]);
        await _hybrid.RemoveByTagAsync(["red", "blue"]);
        Assert.Equal(["new", "new", "old"], await ReadAsync("a", "b", "c"));
    }

    [Fact]
    public async Task The_tag_star_removes_everything_that_the_hybrid_cache_has_and_nothing_else()
    {
        await _hybrid.SetAsync("a", "old", tags: ["red"]);
        await _hybrid.GetOrCreateAsync("b", "old", Value);
        await _cache.SetAsync("c", "old");
        await _hybrid.RemoveByTagAsync("*");
        Assert.Equal(["new", "new", "old"], await ReadAsync("a", "b", "c"));
    }

    [Fact]
    public async Task Other_wildcards_are_tags_like_any_other()
    {
        await _hybrid.SetAsync("a", "old", tags: ["red"]);
        await _hybrid.RemoveByTagAsync("r*");
        Assert.Equal(["old"], await ReadAsync("a"));
    }

    [Fact]
    public async Task What_is_stored_after_the_removal_stays()
    {
        await _hybrid.RemoveByTagAsync("red");
        await _hybrid.SetAsync("a", "kept", tags: ["red"]);
        Assert.Equal(["kept"], await ReadAsync("a"));
    }

    [Theory]
    [InlineData("red")]
    [InlineData("*")]
    public async Task A_value_whose_factory_ran_while_its_tag_was_removed_is_not_stored(string removed)
    {
        var release = new TaskCompletionSource<string>();
        var call = _hybrid.GetOrCreateAsync("a", _ => new ValueTask<string>(release.Task), tags: ["red"]).AsTask();
        await _hybrid.RemoveByTagAsync(removed);
        release.SetResult("old");
        Assert.Equal("old", await call);
        Assert.Equal(["new"], await ReadAsync("a"));
    }

    [Fact]
    public async Task A_removal_by_one_process_holds_against_a_factory_that_runs_in_another()
    {
        await using var nodes = new Nodes();
        var (a, b) = (nodes.Add(), nodes.Add());
        var (first, second) = (a.Cache.AsHybridCache(), b.Cache.AsHybridCache());
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        var call = first.GetOrCreateAsync(
            "a",
            _ =>
            {
                begun.SetResult();
                return new ValueTask<string>(release.Task);
            },
            tags: ["red"]).AsTask();
        await begun.Task;
        await second.RemoveByTagAsync("red");
        release.SetResult("old");
        await call;
        await nodes.UntilAsync(() => a.Cache.IsIdle && a.Cache.Log.LastTag == b.Cache.Log.LastTag, TimeSpan.FromSeconds(1));
        Assert.Equal("new", await second.GetOrCreateAsync("a", "new", Value, tags: ["red"]));
        Assert.Equal("new", await first.GetOrCreateAsync("a", "newer", Value, tags: ["red"]));
    }

    [Fact]
    public async Task Tags_are_those_of_the_attributes()
    {
        await _hybrid.SetAsync("a", "old", tags: ["red"]);
        await _cache.InvalidateTagAsync("red");
        Assert.Equal(["new"], await ReadAsync("a"));
        await _cache.SetAsync("b", "old", tags: ["red"]);
        await _hybrid.RemoveByTagAsync("red");
        Assert.Equal(["new"], await ReadAsync("b"));
    }

    private static ValueTask<string> Value(string value, CancellationToken cancellationToken) => new(value);

    private async Task<string[]> ReadAsync(params string[] keys)
    {
        string[] values = new string[keys.Length];
        for (int i = 0; i < keys.Length; i++)
            values[i] = await _hybrid.GetOrCreateAsync(keys[i], "new", Value);
        return values;
    }
}
