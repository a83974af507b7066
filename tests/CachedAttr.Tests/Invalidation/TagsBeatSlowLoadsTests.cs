using CachedAttr.Backends;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Invalidation;

/// <summary>A tag is invalidated while what will carry it is being loaded; which tags that will be nobody knows yet.</summary>
public sealed class TagsBeatSlowLoadsTests : IAsyncDisposable
{
    private readonly Dictionary<bool, Cache> _caches = new()
    {
        [false] = Cache.Create(),
        [true] = Cache.Create(options => options.BackendFactory = static settings => new MemoryBackend(settings)),
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_loaded_before_is_not_stored_and_who_comes_after_does_not_wait_for_it(bool backend)
    {
        var (cache, method) = Method(backend);
        var source = new TaskCompletionSource<string>();
        var slow = method.GetTaggedAsync(1, async _ => await source.Task, "tag");
        await BegunAsync(method);
        await cache.InvalidateTagAsync("tag");
        Assert.Equal("new", await method.GetTaggedAsync(1, static _ => new("new"), "tag"));
        source.SetResult("old");
        Assert.Equal("old", await slow);
        Assert.Equal("new", await method.GetTaggedAsync(1, static _ => new("newer"), "tag"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_with_other_tags_is_stored(bool backend)
    {
        var (cache, method) = Method(backend);
        var source = new TaskCompletionSource<string>();
        var slow = method.GetTaggedAsync(1, async _ => await source.Task, "tag");
        await BegunAsync(method);
        await cache.InvalidateTagAsync("another");
        source.SetResult("v");
        await slow;
        Assert.Equal("v", await method.GetTaggedAsync(1, static _ => new("never"), "tag"));
    }

    [Fact]
    public async Task A_slow_load_of_another_process_is_rejected_by_every_process()
    {
        await using var nodes = new Nodes();
        var (a, b) = (nodes.Add(), nodes.Add());
        await a.GetAsync("warm", "up");
        await b.GetAsync("warm", "up");
        TaskCompletionSource started = new();
        TaskCompletionSource<string> source = new();
        var slow = a.Cache.GetOrLoadAsync("k", async _ =>
        {
            started.SetResult();
            return await source.Task;
        }, tags: ["tag"]).AsTask();
        await started.Task;
        await b.Cache.InvalidateTagAsync("tag");
        source.SetResult("old");
        await slow;
        await nodes.UntilAsync(() => a.Cache.Log.HasTags && !a.Cache.Backend!.IsWriting, TimeSpan.FromSeconds(0.1));
        Assert.Equal("new", await b.Cache.GetOrLoadAsync("k", static _ => new ValueTask<string>("new"), tags: ["tag"]));
        Assert.Equal("new", await a.Cache.GetAsync<string>("k"));
    }

    [Fact]
    public void More_tags_than_are_remembered_cost_misses_and_nothing_else()
    {
        var log = new CachedAttr.Invalidation.InvalidationLog(new ManualTimeProvider(), TimeSpan.FromDays(1));
        long before = log.Head;
        log.AppendTag("first");
        for (int i = 0; i <= CachedAttr.Invalidation.KeyRecords.Capacity; i++)
            log.AppendTag("t" + i);
        long after = log.Head;
        Assert.True(log.AreTagsInvalidated(["first"], before));
        Assert.True(log.AreTagsInvalidated(["never invalidated, but too old to tell"], before));
        Assert.False(log.AreTagsInvalidated(["first"], after));
    }

    [Fact]
    public void A_number_of_this_process_is_above_that_of_every_tag_that_was_taken_in()
    {
        const long Record = 1L << CachedAttr.Invalidation.InvalidationLog.ExtraBits;
        var log = new CachedAttr.Invalidation.InvalidationLog(new ManualTimeProvider(), TimeSpan.FromDays(1));
        log.Follow(Record);
        log.TakeInTag("a", 5 * Record); // regions that have heard of it take what they have checked to be as new as this
        long own = log.AppendTag("b");
        Assert.True(own > 5 * Record);
        Assert.True(log.AreTagsInvalidated(["b"], 5 * Record));
        Assert.Equal(own, log.LastTag);
    }

    [Fact]
    public void A_record_of_a_key_or_tag_stays_as_new_as_the_newest_of_it()
    {
        var records = new CachedAttr.Invalidation.KeyRecords(retention: 100);
        records.Add("k", 10);
        records.Add("k", 5); // one of this process, whose number was given out before the other came
        Assert.True(records.IsInvalidated("k", 7));
        Assert.Equal(10, records.LastOf("k"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cache in _caches.Values)
            await cache.DisposeAsync();
    }

    // With a backend the log is read first, and the load begins after that.
    private static async Task BegunAsync(TestMethod<string> method)
    {
        while (method.Loads == 0)
            await Task.Yield();
    }

    private (Cache Cache, TestMethod<string> Method) Method(bool backend) => (_caches[backend], new(_caches[backend], serializer: backend));
}
