using System.Buffers;
using CachedAttr.Backends;
using CachedAttr.Tests.Coherence;
using Microsoft.Extensions.Caching.Hybrid;

namespace CachedAttr.Tests.Interop;

/// <summary>"Additional flags that apply to this usage", and how long values are kept.</summary>
public sealed class HybridCacheFlagTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();
    private readonly Node _here;
    private readonly Node _there;
    private readonly HybridCache _hybrid;
    private readonly HybridCache _other;

    public HybridCacheFlagTests()
    {
        _here = _nodes.Add(static options => options.CompressAbove = 100);
        _there = _nodes.Add(static options => options.CompressAbove = 100);
        _hybrid = _here.Cache.AsHybridCache();
        _other = _there.Cache.AsHybridCache();
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Without_flags_a_value_is_kept_in_this_process_and_in_the_backend()
    {
        await GetAsync(_hybrid, "first");
        Assert.Equal("first", await GetAsync(_other, "second"));
        await DropFromBackendAsync();
        Assert.Equal("first", await GetAsync(_hybrid, "third"));
    }

    [Fact]
    public async Task DisableLocalCacheRead_passes_by_what_this_process_has()
    {
        await GetAsync(_hybrid, "first");
        await DropFromBackendAsync();
        Assert.Equal("second", await GetAsync(_hybrid, "second", HybridCacheEntryFlags.DisableLocalCacheRead));
        Assert.Equal("second", await GetAsync(_hybrid, "third"));
    }

    [Fact]
    public async Task DisableLocalCacheRead_still_reads_the_backend()
    {
        await GetAsync(_hybrid, "first");
        Assert.Equal("first", await GetAsync(_hybrid, "second", HybridCacheEntryFlags.DisableLocalCacheRead));
    }

    [Fact]
    public async Task DisableLocalCacheWrite_keeps_a_value_in_the_backend_only()
    {
        await GetAsync(_hybrid, "first", HybridCacheEntryFlags.DisableLocalCacheWrite);
        Assert.Equal("first", await GetAsync(_other, "second", HybridCacheEntryFlags.DisableLocalCacheWrite));
        await DropFromBackendAsync();
        Assert.Equal("third", await GetAsync(_hybrid, "third"));
        await DropFromBackendAsync();
        Assert.Equal("fourth", await GetAsync(_other, "fourth"));
    }

    [Fact]
    public async Task DisableDistributedCacheRead_passes_by_what_the_backend_has()
    {
        await GetAsync(_hybrid, "first");
        Assert.Equal("second", await GetAsync(_other, "second", HybridCacheEntryFlags.DisableDistributedCacheRead));
        Assert.Equal("first", await GetAsync(_hybrid, "third"));
    }

    [Fact]
    public async Task DisableDistributedCacheWrite_keeps_a_value_in_this_process_only()
    {
        await GetAsync(_hybrid, "first", HybridCacheEntryFlags.DisableDistributedCacheWrite);
        Assert.Equal("first", await GetAsync(_hybrid, "second"));
        Assert.Equal("third", await GetAsync(_other, "third"));
    }

    [Fact]
    public async Task DisableUnderlyingData_does_not_run_the_factory_and_stores_nothing()
    {
        Assert.Null(await GetAsync(_hybrid, "first", HybridCacheEntryFlags.DisableUnderlyingData));
        Assert.Equal("second", await GetAsync(_hybrid, "second"));
    }

    [Fact]
    public async Task DisableUnderlyingData_reads_both_tiers()
    {
        await GetAsync(_hybrid, "first");
        Assert.Equal("first", await GetAsync(_hybrid, "second", HybridCacheEntryFlags.DisableUnderlyingData));
        Assert.Equal("first", await GetAsync(_other, "second", HybridCacheEntryFlags.DisableUnderlyingData));
    }

    [Fact]
    public async Task DisableUnderlyingData_with_no_tier_to_read_is_the_default()
    {
        await GetAsync(_hybrid, "first");
        const HybridCacheEntryFlags Nothing = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead;
        Assert.Null(await GetAsync(_hybrid, "second", Nothing));
        Assert.Equal(0, await _hybrid.GetOrCreateAsync("number", _ => new ValueTask<int>(7), new() { Flags = Nothing }));
    }

    [Fact]
    public async Task DisableCompression_leaves_the_payload_as_it_is()
    {
        string large = new('x', 1000);
        await GetAsync(_hybrid, large);
        Assert.True(await IsCompressedAsync());
        await GetAsync(_hybrid, large, HybridCacheEntryFlags.DisableCompression | HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead);
        Assert.False(await IsCompressedAsync());
        Assert.Equal(large, await GetAsync(_other, "second"));
    }

    [Fact]
    public async Task A_value_that_is_set_goes_where_the_flags_let_it()
    {
        await _hybrid.SetAsync("a", "backend", new() { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite });
        Assert.Equal("backend", await GetAsync(_other, "second"));
        await _hybrid.SetAsync("a", "here", new() { Flags = HybridCacheEntryFlags.DisableDistributedCacheWrite });
        Assert.Equal("here", await GetAsync(_hybrid, "second"));
        await _nodes.UntilAsync(() => _there.Cache.Log.LastOf("a") == _here.Cache.Log.LastOf("a"), TimeSpan.FromSeconds(1));
        Assert.Equal("second", await GetAsync(_other, "second"));
    }

    [Fact]
    public async Task Flags_of_the_defaults_hold_for_calls_that_have_none()
    {
        var careful = _here.Cache.AsHybridCache(new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData });
        Assert.Null(await GetAsync(careful, "first"));
        Assert.Equal("second", await GetAsync(careful, "second", HybridCacheEntryFlags.None));
    }

    [Fact]
    public async Task Expiration_is_the_overall_duration_of_an_entry()
    {
        await GetAsync(_hybrid, "first", expiration: TimeSpan.FromMinutes(1));
        _nodes.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("first", await GetAsync(_other, "second"));
        _nodes.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("third", await GetAsync(_hybrid, "third"));
    }

    [Fact]
    public async Task Expiration_of_the_defaults_holds_for_calls_that_have_none()
    {
        var brief = _here.Cache.AsHybridCache(new() { Expiration = TimeSpan.FromSeconds(10) });
        await GetAsync(brief, "first");
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("second", await GetAsync(brief, "second"));
    }

    [Fact]
    public async Task LocalCacheExpiration_ends_a_value_in_this_process_and_not_in_the_backend()
    {
        await GetAsync(_hybrid, "first", expiration: TimeSpan.FromMinutes(5), local: TimeSpan.FromSeconds(10));
        await DropFromBackendAsync();
        _nodes.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("first", await GetAsync(_hybrid, "second"));
        _nodes.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("third", await GetAsync(_hybrid, "third", expiration: TimeSpan.FromMinutes(5), local: TimeSpan.FromSeconds(10)));
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("third", await GetAsync(_hybrid, "fourth", local: TimeSpan.FromSeconds(10)));
        await DropFromBackendAsync();
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("fifth", await GetAsync(_hybrid, "fifth"));
    }

    [Fact]
    public async Task LocalCacheExpiration_of_a_value_that_is_set_holds_as_well()
    {
        await _hybrid.SetAsync("a", "first", new() { LocalCacheExpiration = TimeSpan.FromSeconds(10) });
        await DropFromBackendAsync();
        Assert.Equal("first", await GetAsync(_hybrid, "second"));
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("second", await GetAsync(_hybrid, "second"));
    }

    [Fact]
    public async Task An_expiration_that_is_not_positive_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await GetAsync(_hybrid, "first", expiration: TimeSpan.Zero));

    [Fact]
    public async Task Without_a_backend_the_local_cache_is_all_there_is()
    {
        await using var cache = Cache.Create();
        var hybrid = cache.AsHybridCache();
        Assert.Equal("first", await GetAsync(hybrid, "first", HybridCacheEntryFlags.DisableDistributedCache));
        Assert.Equal("first", await GetAsync(hybrid, "second"));
        Assert.Equal("third", await GetAsync(hybrid, "third", HybridCacheEntryFlags.DisableLocalCache));
        Assert.Equal("first", await GetAsync(hybrid, "fourth"));
        await hybrid.SetAsync("a", "unseen", new() { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite });
        Assert.Equal("fifth", await GetAsync(hybrid, "fifth"));
    }

    private async Task<string?> GetAsync(
        HybridCache hybrid, string value, HybridCacheEntryFlags? flags = null, TimeSpan? expiration = null, TimeSpan? local = null)
    {
        string? found = await hybrid.GetOrCreateAsync(
            "a", value, static (value, _) => new ValueTask<string?>(value), new() { Flags = flags, Expiration = expiration, LocalCacheExpiration = local });
        while (!_here.Cache.IsIdle || !_there.Cache.IsIdle)
            await Task.Yield();
        return found;
    }

    private async Task DropFromBackendAsync() => await _nodes.Store.RemoveAsync(["a"], BackendCall.Async());

    private async Task<bool> IsCompressedAsync()
    {
        var bytes = await _nodes.Store.GetAsync("a", BackendCall.Async());
        Assert.True(EntryHeader.TryRead(new ReadOnlySequence<byte>(bytes!.Value), out var header, out _));
        return header.Flags.HasFlag(EntryFlags.Compressed);
    }
}
