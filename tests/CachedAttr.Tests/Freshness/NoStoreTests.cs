using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <summary>A scope in which nothing is stored takes nothing away either.</summary>
public sealed class NoStoreTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public static TheoryData<bool> Methods => [false, true];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_value_that_is_due_for_a_refresh_stays(bool isMany)
    {
        var node = _nodes.Add();
        var method = new WatchedMethod(node.Cache, new() { Ttl = 100, RefreshAhead = 0.5 });
        await method.GetAsync(1, "v");
        _nodes.Time.Advance(TimeSpan.FromSeconds(60));
        await ReadAsync(method, isMany, "v");
        Assert.True(method.Region.TryGet("server:1", out _), "it is gone here");
        Assert.NotNull(await _nodes.Store.GetTimeToLiveAsync("server:1", CachedAttr.Backends.BackendCall.Async()));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task What_is_kept_for_when_a_load_fails_stays(bool isMany)
    {
        var node = _nodes.Add();
        var method = new WatchedMethod(node.Cache, new() { Ttl = 100, StaleIfError = 100 });
        await method.GetAsync(1, "v");
        await method.WhenIdleAsync();
        _nodes.Time.Advance(TimeSpan.FromSeconds(110));
        await ReadAsync(method, isMany, "draft");
        Assert.Equal("v", await method.GetAsync(1, _ => throw new IOException("down")));
    }

    [Fact]
    public async Task What_the_backend_has_and_is_due_stays()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        CachePolicy policy = new() { Ttl = 100, RefreshAhead = 0.5 };
        var (first, second) = (new WatchedMethod(a.Cache, policy), new WatchedMethod(b.Cache, policy));
        await first.GetAsync(1, "v");
        await first.WhenIdleAsync();
        _nodes.Time.Advance(TimeSpan.FromSeconds(60));
        await ReadAsync(second, isMany: false, "v");
        Assert.True(second.Region.TryGet("server:1", out _), "it is gone here");
        Assert.NotNull(await _nodes.Store.GetTimeToLiveAsync("server:1", CachedAttr.Backends.BackendCall.Async()));
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    private static async Task ReadAsync(WatchedMethod method, bool isMany, string expected)
    {
        using (CacheScope.NoStore())
        {
            string value = isMany
                ? (await method.GetManyAsync([1], static (ids, _) => new(WatchedMethod.Each(ids, "draft"))))[1]
                : await method.GetAsync(1, "draft");
            Assert.Equal(expected, value);
        }

        await method.WhenIdleAsync();
    }
}
