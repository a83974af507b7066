using CachedAttr.Backends;
using CachedAttr.Invalidation;
using CachedAttr.Keys;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <summary>A sliding entry is stored again as of the present; here an invalidation is half done at that moment.</summary>
public sealed class SlidingRenewalTests : IAsyncDisposable
{
    private const long Record = 1L << InvalidationLog.ExtraBits;

    private readonly Nodes _nodes = new();

    [Fact]
    public async Task A_sliding_entry_is_not_stored_again_as_of_a_record_that_its_region_has_not_heard_of()
    {
        var node = _nodes.Add();
        var method = new WatchedMethod(node.Cache, new() { Ttl = 600, Sliding = 40 });
        await method.GetAsync(1, "old");
        await method.WhenIdleAsync();
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));

        var pattern = KeyPattern.Parse("server:*");
        long sequence = node.Cache.Log.Head + Record;
        node.Cache.Log.TakeIn(pattern, sequence); // the first half
        await method.GetAsync(1, "new");
        await method.WhenIdleAsync();
        node.Cache.Regions.Require(pattern, sequence); // the second

        var bytes = await _nodes.Store.GetAsync("server:1", BackendCall.Async());
        Assert.True(EntryHeader.TryRead(new(bytes!.Value), out var header, out _));
        Assert.True(header.Stamp < sequence >> InvalidationLog.ExtraBits, "what the record makes invalid was stored as newer than it");
        Assert.Equal("new", await method.GetAsync(1, "new"));
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
