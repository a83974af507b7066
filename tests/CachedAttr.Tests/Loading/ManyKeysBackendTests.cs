using CachedAttr.Backends;
using CachedAttr.Tests.Coherence;

namespace CachedAttr.Tests.Loading;

/// <summary>Many keys at once, with a backend: one question to it, and one load of what it does not have.</summary>
public sealed class ManyKeysBackendTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    [Fact]
    public async Task Nine_hundred_hits_of_a_thousand_are_one_round_trip_and_one_load_of_a_hundred()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        var (first, second) = (new TestMethod<string>(a.Cache, serializer: true), new TestMethod<string>(b.Cache, head: "server:", serializer: true));
        await first.GetManyAsync(Enumerable.Range(0, 900), Load);
        while (a.Cache.Backend!.IsWriting)
            await Task.Yield();
        await b.GetAsync("warm", "up");
        while (b.Cache.Backend!.IsWriting)
            await Task.Yield();

        int calls = b.Connection.Calls;
        var loads = new List<int[]>();
        var found = await second.GetManyAsync(Enumerable.Range(0, 1000), wanted =>
        {
            Assert.Equal(1, b.Connection.Calls - calls);
            loads.Add(wanted);
            return Load(wanted);
        });
        Assert.Equal(Enumerable.Range(900, 100), Assert.Single(loads).Order());
        Assert.Equal(Enumerable.Range(0, 1000).Select(id => $"v{id}"), Enumerable.Range(0, 1000).Select(id => found[id]));

        calls = b.Connection.Calls;
        while (b.Cache.Backend!.IsWriting)
            await Task.Yield();
        calls = b.Connection.Calls;
        await second.GetManyAsync(Enumerable.Range(0, 1000), _ => throw new InvalidOperationException("All are here."));
        Assert.Equal(calls, b.Connection.Calls);
    }

    [Fact]
    public async Task An_entry_that_was_invalidated_elsewhere_is_loaded_again()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        var (first, second) = (new TestMethod<string>(a.Cache, serializer: true), new TestMethod<string>(b.Cache, serializer: true));
        await first.GetManyAsync([1, 2], Load);
        await second.GetManyAsync([1, 2], Load);
        await a.Cache.RemoveAsync("server:2");
        await _nodes.UntilAsync(() => !second.IsCached(2), TimeSpan.FromSeconds(0.1));
        var found = await second.GetManyAsync([1, 2], static wanted => wanted.Select(id => KeyValuePair.Create(id, $"new{id}")));
        Assert.Equal(("v1", "new2"), (found[1], found[2]));
    }

    [Fact]
    public async Task Without_the_backend_all_are_loaded_at_once()
    {
        var a = _nodes.Add();
        var method = new TestMethod<string>(a.Cache, serializer: true);
        await a.GetAsync("warm", "up");
        a.Connection.Fault = CachedAttr.Backends.Conformance.Fault.Refused;
        var loads = new List<int>();
        var found = await method.GetManyAsync(Enumerable.Range(0, 10), wanted =>
        {
            loads.Add(wanted.Length);
            return Load(wanted);
        });
        Assert.Equal([10], loads);
        Assert.Equal(10, found.Count);
    }

    [Fact]
    public async Task What_the_backend_has_and_is_stale_is_served_while_one_load_refreshes_all_of_it()
    {
        var a = _nodes.Add();
        var method = new WatchedMethod(a.Cache, new() { Ttl = 10, StaleWhileRevalidate = 60, Tiers = CacheTiers.Backend });
        int loads = 0;
        Assert.Equal(["v1", "v1"], await GetAsync());
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(["v1", "v1"], await GetAsync());
        Assert.Equal(["v2", "v2"], await GetAsync());
        Assert.Equal(2, loads);

        async Task<IEnumerable<string>> GetAsync()
        {
            var found = await method.GetManyAsync([1, 2], (ids, _) => new(WatchedMethod.Each(ids, "v" + ++loads)));
            await method.WhenIdleAsync();
            return found.Values;
        }
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    private static IEnumerable<KeyValuePair<int, string>> Load(int[] wanted) => wanted.Select(id => KeyValuePair.Create(id, $"v{id}"));
}
