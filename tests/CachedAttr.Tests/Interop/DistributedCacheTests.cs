using System.Buffers;
using CachedAttr.Tests.Coherence;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.Tests.Interop;

/// <summary><see cref="IDistributedCache"/> and <see cref="IBufferDistributedCache"/> over a backend that two processes share, and over this process's memory.</summary>
public sealed class DistributedCacheTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();
    private readonly Node _here;
    private readonly Node _there;

    public DistributedCacheTests() => (_here, _there) = (_nodes.Add(), _nodes.Add());

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task What_one_process_sets_another_gets()
    {
        var (a, b) = (_here.Cache.AsDistributedCache(), _there.Cache.AsDistributedCache());
        await a.SetAsync("k", [1, 2, 3], new());
        Assert.Equal([1, 2, 3], await b.GetAsync("k"));
        await b.SetAsync("k", [4], new());
        Assert.Equal([4], await a.GetAsync("k"));
        await b.RemoveAsync("k");
        Assert.Null(await a.GetAsync("k"));
    }

    [Fact]
    public async Task Who_reads_gets_what_was_set_last_without_hearing_of_it()
    {
        var (a, b) = (_here.Cache.AsDistributedCache(), _there.Cache.AsDistributedCache());
        for (byte i = 0; i < 20; i++)
        {
            await (i % 2 == 0 ? a : b).SetAsync("k", [i], new());
            Assert.Equal([i], (await (i % 2 == 0 ? b : a).GetAsync("k"))!);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_tasks_it_is_the_same(bool hasBackend)
    {
        using var alone = Cache.Create();
        var cache = (hasBackend ? _here.Cache : alone).AsDistributedCache();
        Assert.Null(cache.Get("k"));
        cache.Set("k", [1, 2], new() { SlidingExpiration = TimeSpan.FromMinutes(1) });
        cache.Refresh("k");
        Assert.Equal([1, 2], cache.Get("k"));
        cache.Remove("k");
        Assert.Null(cache.Get("k"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Buffers_are_written_to_and_read_from(bool hasBackend)
    {
        await using var alone = Cache.Create();
        var cache = (hasBackend ? _here.Cache : alone).AsDistributedCache();
        await cache.SetAsync("a", new ReadOnlySequence<byte>([1, 2]), new());
        cache.Set("b", new ReadOnlySequence<byte>([3]), new());
        var buffer = new ArrayBufferWriter<byte>();
        Assert.True(await cache.TryGetAsync("a", buffer));
        Assert.True(cache.TryGet("b", buffer));
        Assert.False(await cache.TryGetAsync("c", buffer));
        Assert.False(cache.TryGet("c", buffer));
        Assert.Equal([1, 2, 3], buffer.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_side_sees_what_the_other_writes_into_an_array(bool hasBackend)
    {
        await using var alone = Cache.Create();
        var cache = (hasBackend ? _here.Cache : alone).AsDistributedCache();
        byte[] bytes = [1];
        await cache.SetAsync("k", bytes, new());
        bytes[0] = 9;
        (await cache.GetAsync("k"))![0] = 8;
        Assert.Equal([1], await cache.GetAsync("k"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sliding_item_lives_as_long_as_it_is_read_and_no_longer(bool hasBackend)
    {
        await using var alone = Cache.Create(options => options.TimeProvider = _nodes.Time);
        var owner = hasBackend ? _here.Cache : alone;
        var cache = owner.AsDistributedCache();
        await cache.SetAsync("k", [1], new() { SlidingExpiration = TimeSpan.FromMinutes(20) });
        for (int i = 0; i < 10; i++)
        {
            await PassAsync(owner, TimeSpan.FromMinutes(19));
            Assert.NotNull(await cache.GetAsync("k"));
        }

        await PassAsync(owner, TimeSpan.FromMinutes(25));
        Assert.Null(await cache.GetAsync("k"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refresh_counts_as_a_read(bool hasBackend)
    {
        await using var alone = Cache.Create(options => options.TimeProvider = _nodes.Time);
        var owner = hasBackend ? _here.Cache : alone;
        var cache = owner.AsDistributedCache();
        await cache.SetAsync("k", [1], new() { SlidingExpiration = TimeSpan.FromMinutes(20) });
        await PassAsync(owner, TimeSpan.FromMinutes(19));
        await cache.RefreshAsync("k");
        await PassAsync(owner, TimeSpan.FromMinutes(19));
        Assert.NotNull(await cache.GetAsync("k"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reads_do_not_prolong_an_item_beyond_its_absolute_expiration(bool hasBackend)
    {
        await using var alone = Cache.Create(options => options.TimeProvider = _nodes.Time);
        var owner = hasBackend ? _here.Cache : alone;
        var cache = owner.AsDistributedCache();
        await cache.SetAsync("k", [1], new() { SlidingExpiration = TimeSpan.FromMinutes(20), AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(30) });
        await PassAsync(owner, TimeSpan.FromMinutes(15));
        Assert.NotNull(await cache.GetAsync("k"));
        await PassAsync(owner, TimeSpan.FromMinutes(14));
        Assert.NotNull(await cache.GetAsync("k"));
        await PassAsync(owner, TimeSpan.FromMinutes(2));
        Assert.Null(await cache.GetAsync("k"));
    }

    [Fact]
    public async Task A_moment_as_absolute_expiration_is_kept_to()
    {
        var cache = _here.Cache.AsDistributedCache();
        await cache.SetAsync("k", [1], new() { AbsoluteExpiration = _nodes.Time.GetUtcNow().AddMinutes(5) });
        await PassAsync(_here.Cache, TimeSpan.FromMinutes(4));
        Assert.NotNull(await cache.GetAsync("k"));
        await PassAsync(_here.Cache, TimeSpan.FromMinutes(2));
        Assert.Null(await cache.GetAsync("k"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cache.SetAsync("k", [1], new() { AbsoluteExpiration = _nodes.Time.GetUtcNow() }));
    }

    [Fact]
    public async Task A_read_that_prolongs_does_not_bring_back_what_was_set_over_it()
    {
        var (a, b) = (_here.Cache.AsDistributedCache(), _there.Cache.AsDistributedCache());
        var sliding = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };
        await a.SetAsync("k", [1], sliding);
        await PassAsync(_here.Cache, TimeSpan.FromMinutes(10));
        for (byte i = 2; i < 20; i++)
        {
            var read = a.GetAsync("k");
            await b.SetAsync("k", [i], sliding);
            await read;
            await PassAsync(_here.Cache, TimeSpan.FromMinutes(6));
            Assert.Equal([i], (await b.GetAsync("k"))!);
        }
    }

    [Fact]
    public async Task Its_keys_are_no_keys_of_the_cache()
    {
        await _here.Cache.AsDistributedCache().SetAsync("server:7", [1], new());
        Assert.Null(await _here.Cache.GetAsync<byte[]>("server:7"));
        Assert.Equal(["distributed:server:7"], await _here.Cache.KeysAsync().ToListAsync());
    }

    [Fact]
    public async Task Wrong_arguments_and_cancelled_calls_are_refused()
    {
        var cache = _here.Cache.AsDistributedCache();
        await Assert.ThrowsAsync<ArgumentNullException>(() => cache.GetAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => cache.SetAsync("k", null!, new()));
        await Assert.ThrowsAsync<ArgumentNullException>(() => cache.SetAsync("k", [1], null!));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.GetAsync("k", new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.SetAsync("k", [1], new(), new CancellationToken(true)));
    }

    [Fact]
    public void One_line_registers_each_in_place_of_any_other()
    {
        using var provider = new ServiceCollection()
            .AddDistributedMemoryCache()
            .AddCachedAttrDistributedCache()
            .AddCachedAttrHybridCache()
            .BuildServiceProvider();
        var distributed = provider.GetRequiredService<IDistributedCache>();
        distributed.Set("k", [1], new());
        Assert.Equal([1], provider.GetRequiredService<Cache>().AsDistributedCache().Get("k"));
        Assert.NotNull(provider.GetRequiredService<Microsoft.Extensions.Caching.Hybrid.HybridCache>());
        Assert.Single(provider.GetServices<IDistributedCache>());
    }

    /// <summary>Time passes as it does: heartbeats come, and what is on its way arrives. Nothing is on its way meanwhile, in neither process: it would be minutes late.</summary>
    private async Task PassAsync(Cache cache, TimeSpan time)
    {
        while (!cache.IsIdle)
            await Task.Yield();
        await FollowAsync();
        _nodes.Time.Advance(time);
        await FollowAsync();

        async Task FollowAsync()
        {
            foreach (var each in new[] { cache, _here.Cache, _there.Cache })
                await (each.Backend?.Follower.FollowAsync() ?? Task.CompletedTask);
        }
    }
}
