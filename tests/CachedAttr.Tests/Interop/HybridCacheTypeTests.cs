using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using CachedAttr.Backends;
using CachedAttr.Tests.Coherence;
using Microsoft.Extensions.Caching.Hybrid;

namespace CachedAttr.Tests.Interop;

/// <summary>Values that somebody could change are never shared; those that nobody can are.</summary>
public sealed partial class HybridCacheTypeTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();
    private readonly Node _here;
    private readonly HybridCache _hybrid;
    private readonly HybridCache _other;

    public HybridCacheTypeTests()
    {
        _here = _nodes.Add();
        _hybrid = _here.Cache.AsHybridCache();
        _other = _nodes.Add().Cache.AsHybridCache();
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Every_caller_gets_a_mutable_value_of_its_own()
    {
        var made = new Basket { Items = ["apple"] };
        var first = await _hybrid.GetOrCreateAsync("a", made, Value);
        first.Items.Add("worm");
        made.Items.Add("another worm");
        var second = await _hybrid.GetOrCreateAsync("a", new Basket(), Value);
        Assert.NotSame(first, second);
        Assert.Equal(["apple"], second.Items);
    }

    [Fact]
    public async Task Callers_who_wait_for_the_same_factory_do_not_share_a_mutable_value()
    {
        var release = new TaskCompletionSource<Basket>();
        var calls = Enumerable.Range(0, 3).Select(_ => _hybrid.GetOrCreateAsync("a", _ => new ValueTask<Basket>(release.Task)).AsTask()).ToList();
        release.SetResult(new Basket { Items = ["apple"] });
        Assert.Equal(3, (await Task.WhenAll(calls)).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public async Task A_mutable_value_that_was_set_may_be_changed_afterwards()
    {
        var basket = new Basket { Items = ["apple"] };
        await _hybrid.SetAsync("a", basket);
        basket.Items.Clear();
        Assert.Equal(["apple"], (await _hybrid.GetOrCreateAsync("a", new Basket(), Value)).Items);
    }

    [Fact]
    public async Task A_mutable_value_set_by_hand_is_copied_as_well()
    {
        var basket = new Basket { Items = ["apple"] };
        await using var cache = Cache.Create();
        await cache.SetAsync("a", basket);
        var got = await cache.AsHybridCache().GetOrCreateAsync("a", new Basket(), Value);
        Assert.NotSame(basket, got);
        Assert.Equal(["apple"], got.Items);
    }

    [Fact]
    public async Task By_hand_a_copy_is_read_as_the_value()
    {
        await _hybrid.SetAsync("a", new Basket { Items = ["apple"] });
        Assert.Equal(["apple"], (await _here.Cache.GetAsync<Basket>("a"))!.Items);
        Assert.Equal(["apple"], (await _here.Cache.GetManyAsync<Basket>(["a"]))["a"]!.Items);
        Assert.Equal(["apple"], (await _here.Cache.GetOrLoadAsync("a", _ => new ValueTask<Basket>(new Basket()))).Items);
    }

    [Fact]
    public async Task What_says_that_it_is_immutable_is_shared()
    {
        var first = await _hybrid.GetOrCreateAsync("a", new Frozen("x"), Value);
        Assert.Same(first, await _hybrid.GetOrCreateAsync("a", new Frozen("y"), Value));
    }

    [Fact]
    public async Task What_says_so_but_can_be_derived_from_is_not_shared()
    {
        var first = await _hybrid.GetOrCreateAsync("a", new Open { Text = "x" }, Value);
        Assert.NotSame(first, await _hybrid.GetOrCreateAsync("a", new Open(), Value));
    }

    [Fact]
    public async Task Text_is_shared()
    {
        string first = await _hybrid.GetOrCreateAsync("a", new string('x', 3), Value);
        Assert.Same(first, await _hybrid.GetOrCreateAsync("a", "y", Value));
    }

    [Fact]
    public async Task An_array_is_not_shared()
    {
        byte[] first = await _hybrid.GetOrCreateAsync("a", new byte[] { 1, 2 }, Value);
        first[0] = 9;
        Assert.Equal([1, 2], await _hybrid.GetOrCreateAsync("a", Array.Empty<byte>(), Value));
    }

    [Fact]
    public async Task A_type_without_a_generated_serializer_goes_through_the_backend_as_JSON()
    {
        await _hybrid.SetAsync("a", new Basket { Items = ["apple"] });
        Assert.Equal(["apple"], (await _other.GetOrCreateAsync("a", new Basket(), Value)).Items);
    }

    [Fact]
    public async Task Scalars_and_values_with_null_go_through_the_backend()
    {
        await _hybrid.SetAsync("number", 7);
        await _hybrid.SetAsync("time", (DateTime?)DateTime.UnixEpoch);
        await _hybrid.SetAsync<Basket?>("none", null);
        Assert.Equal(7, await _other.GetOrCreateAsync("number", 8, Value));
        Assert.Equal(DateTime.UnixEpoch, await _other.GetOrCreateAsync("time", (DateTime?)null, Value));
        Assert.Null(await _other.GetOrCreateAsync("none", (Basket?)new Basket(), Value));
    }

    [Fact]
    public async Task A_context_of_source_generated_JSON_is_used_where_it_is_given()
    {
        var own = _here.Cache.AsHybridCache(json: new JsonSerializerOptions { TypeInfoResolver = BasketContext.Default, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
        await own.SetAsync("a", new Basket { Items = ["apple"] });
        Assert.Contains("\"items\"", await PayloadAsync("a"), StringComparison.Ordinal);
        Assert.Equal(["apple"], (await own.GetOrCreateAsync("a", new Basket(), Value)).Items);
    }

    [Fact]
    public async Task A_mutable_type_that_nothing_can_write_is_refused_with_the_ways_out()
    {
        var own = _here.Cache.AsHybridCache(json: new JsonSerializerOptions { TypeInfoResolver = BasketContext.Default });
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await own.GetOrCreateAsync("a", new Open(), Value));
        Assert.Contains(nameof(Open), failure.Message, StringComparison.Ordinal);
        Assert.Contains("JsonSerializerContext", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ImmutableObject", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_cannot_be_written_is_returned_logged_and_not_cached()
    {
        var ring = new Ring();
        ring.Next = ring;
        Assert.Same(ring, await _hybrid.GetOrCreateAsync("a", ring, Value));
        Assert.Equal(1, _here.Log.Count("CopyingFailed"));
        var next = new Ring();
        Assert.NotSame(ring, await _hybrid.GetOrCreateAsync("a", next, Value));
    }

    [Fact]
    public async Task Damaged_bytes_in_the_backend_are_a_miss()
    {
        await _hybrid.SetAsync("a", new Basket { Items = ["apple"] });
        var bytes = (await _nodes.Store.GetAsync("a", BackendCall.Async()))!.Value.ToArray();
        bytes[^1] = (byte)'[';
        await _nodes.Store.RemoveAsync(["a"], BackendCall.Async());
        Assert.True(await _nodes.Store.SetAsync("a", bytes, TimeSpan.FromMinutes(1), BackendCall.Async()));
        Assert.Equal(["pear"], (await _other.GetOrCreateAsync("a", new Basket { Items = ["pear"] }, Value)).Items);
    }

    [Fact]
    public async Task A_key_that_holds_another_type_is_refused_with_both_names()
    {
        await _hybrid.SetAsync("a", new Frozen("x"));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _hybrid.GetOrCreateAsync("a", "y", Value));
        Assert.Contains(nameof(Frozen), failure.Message, StringComparison.Ordinal);
        Assert.Contains("System.String", failure.Message, StringComparison.Ordinal);
    }

    private static ValueTask<T> Value<T>(T value, CancellationToken cancellationToken) => new(value);

    private async Task<string> PayloadAsync(string key) => System.Text.Encoding.UTF8.GetString((await _nodes.Store.GetAsync(key, BackendCall.Async()))!.Value.Span);

    internal sealed class Basket
    {
        public List<string> Items { get; set; } = [];
    }

    [ImmutableObject(true)]
    internal sealed record Frozen(string Text);

    [ImmutableObject(true)]
    internal class Open
    {
        public string Text { get; set; } = "";
    }

    internal sealed class Ring
    {
        public Ring? Next { get; set; }
    }

    [JsonSerializable(typeof(Basket))]
    internal sealed partial class BasketContext : JsonSerializerContext;
}
