using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests;

/// <summary>By hand and by method: one cache.</summary>
public sealed class ManualApiTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Cache _cache;
    private readonly TestMethod<string?> _method;

    public ManualApiTests()
    {
        _cache = Cache.Create(options => options.TimeProvider = _clock);
        _method = new TestMethod<string?>(_cache);
    }

    [Fact]
    public async Task Typed_keys_are_taken_many_at_once()
    {
        CacheKey<int>[] keys = [new("a"), new("b")];
        await _cache.SetManyAsync(keys.Select((key, i) => KeyValuePair.Create(key, i)));
        var found = await _cache.GetManyAsync(keys);
        Assert.Equal((0, 1), (found["a"], found["b"]));
    }

    [Fact]
    public async Task A_key_set_by_hand_is_what_the_method_returns()
    {
        await _cache.SetAsync("server:1", "by hand");

        Assert.Equal("by hand", await _method.GetAsync(1, "loaded"));
        Assert.Equal(0, _method.Loads);
    }

    [Fact]
    public async Task Also_if_it_was_set_before_the_method_was_first_called()
    {
        using var cache = Cache.Create();
        await cache.SetAsync<string?>("server:1", "by hand");
        await cache.SetAsync("server:other", "not a number");
        await cache.SetAsync("server:3", 3);

        var method = new TestMethod<string?>(cache);

        Assert.Equal("by hand", await method.GetAsync(1, "loaded"));
        Assert.Equal("loaded", await method.GetAsync(3, "loaded"));
        Assert.Equal("by hand", await cache.GetAsync<string>("server:1"));
        Assert.Equal("not a number", await cache.GetAsync<string>("server:other"));
    }

    [Fact]
    public async Task A_value_set_before_and_invalidated_before_the_first_call_is_not_taken_over()
    {
        using var cache = Cache.Create();
        await cache.SetAsync<string?>("server:1", "old");
        await cache.InvalidateAsync("server:*");

        Assert.Equal("loaded", await new TestMethod<string?>(cache).GetAsync(1, "loaded"));
    }

    [Fact]
    public async Task What_the_method_cached_is_there_by_hand()
    {
        await _method.GetAsync(1, "loaded");

        Assert.True(await _cache.ExistsAsync("server:1"));
        Assert.Equal("loaded", await _cache.GetAsync<string>("server:1"));
        Assert.Equal("loaded", await _cache.GetAsync<object>("server:1"));
        Assert.Equal("loaded", await _cache.GetAsync(new CacheKey<string>("server:1")));
        Assert.Equal(new CacheLookup<string>(Found: true, "loaded"), await _cache.TryGetAsync<string>("server:1"));
        Assert.Equal("loaded", await _cache.GetOrLoadAsync<string?>("server:1", _ => new("unused")));
        Assert.Equal("loaded", _cache.GetOrLoad<string?>("server:1", () => "unused"));
        Assert.False(await _cache.ExistsAsync("server:2"));
        Assert.Equal(default, await _cache.TryGetAsync<int>("server:1"));
    }

    [Fact]
    public async Task The_remaining_time_to_live_counts_down_to_none()
    {
        await _method.GetAsync(1, "loaded");
        _clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal(TimeSpan.FromSeconds(500), await _cache.GetTtlAsync("server:1"));
        _clock.Advance(TimeSpan.FromSeconds(500));
        Assert.Null(await _cache.GetTtlAsync("server:1"));
        Assert.Equal("again", await _method.GetAsync(1, "again"));
    }

    [Fact]
    public async Task Removing_by_key_makes_the_method_load_again()
    {
        await _method.GetAsync(1, "loaded");
        await _method.GetAsync(2, "loaded");

        Assert.Equal(1, await _cache.RemoveAsync("server:1", "server:99", "elsewhere"));

        Assert.Equal("again", await _method.GetAsync(1, "again"));
        Assert.Equal("loaded", await _method.GetAsync(2, "again"));
    }

    [Fact]
    public async Task Clearing_returns_how_many_entries_went()
    {
        for (int id = 0; id < 20; id++)
            await _method.GetAsync(id, "loaded");
        await _cache.SetAsync("elsewhere", 1);

        Assert.Equal(10, await _cache.ClearAsync("server:1?"));
        Assert.Equal(0, await _cache.ClearAsync("server:1?"));
        Assert.Equal(11, await _cache.ClearAsync());
        Assert.Empty(await KeysAsync("*"));
    }

    [Fact]
    public async Task Keys_are_listed_by_pattern_from_everywhere()
    {
        await _method.GetAsync(1, "loaded");
        await _method.GetAsync(20, "loaded");
        await _cache.SetAsync("elsewhere", 1);

        Assert.Equal(["elsewhere", "server:1", "server:20"], (await KeysAsync("*")).Order(StringComparer.Ordinal));
        Assert.Equal(["server:20"], await KeysAsync("server:2*"));
    }

    [Fact]
    public async Task A_counter_counts_and_keeps_the_time_to_live_it_began_with()
    {
        Assert.Equal(5, await _cache.IncrementAsync("hits", 5, TimeSpan.FromMinutes(1)));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(3, await _cache.IncrementAsync("hits", -2, TimeSpan.FromHours(1)));
        Assert.Equal(3, await _cache.GetAsync<long>("hits"));
        Assert.Equal(TimeSpan.FromSeconds(20), await _cache.GetTtlAsync("hits"));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, await _cache.IncrementAsync("hits"));
    }

    [Fact]
    public async Task Counting_from_many_threads_loses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 1000; i++)
                await _cache.IncrementAsync("hits");
        })));

        Assert.Equal(8000, await _cache.GetAsync<long>("hits"));
    }

    [Fact]
    public async Task A_counter_can_be_a_methods_value()
    {
        var counter = new TestMethod<long>(_cache, head: "count:");
        await counter.GetAsync(1, 41);

        Assert.Equal(42, await _cache.IncrementAsync("count:1"));
        Assert.Equal(42, await counter.GetAsync(1, 0));
    }

    [Fact]
    public async Task What_is_no_number_cannot_be_counted()
    {
        await _method.GetAsync(1, "text");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _cache.IncrementAsync("server:1"));
        Assert.Contains("Service.Get", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_keys_are_read_at_once()
    {
        await _method.GetAsync(1, "one");
        await _method.GetAsync(2, (string?)null);

        var found = await _cache.GetManyAsync<string?>(["server:1", "server:2", "server:3"]);

        Assert.Equal(2, found.Count);
        Assert.Equal("one", found["server:1"]);
        Assert.Null(found["server:2"]);
    }

    [Fact]
    public async Task A_cached_null_is_found_and_none_is_not()
    {
        await _method.GetAsync(1, (string?)null);

        Assert.Equal(new CacheLookup<string?>(Found: true, null), await _cache.TryGetAsync<string?>("server:1"));
        Assert.Null(await _method.GetAsync(1, "unused"));
    }

    [Fact]
    public async Task Another_spelling_of_a_methods_key_is_another_key()
    {
        await _cache.SetAsync("server:01", "other");

        Assert.Equal("loaded", await _method.GetAsync(1, "loaded"));
        Assert.Equal("other", await _cache.GetAsync<string>("server:01"));
    }

    [Fact]
    public void A_methods_key_cannot_hold_a_value_of_another_type()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _cache.Set("server:1", 5));
        Assert.Equal("'server:1' is a key of Service.Get, whose values are System.String; it cannot hold a System.Int32. Use that type, or another key.", exception.Message);
    }

    [Fact]
    public async Task A_null_result_has_its_own_time_to_live_or_is_not_cached()
    {
        var brief = new TestMethod<string?>(_cache, new CachePolicy { Ttl = 600, NullTtl = 5 }, "brief:");
        var never = new TestMethod<string?>(_cache, new CachePolicy { Ttl = 600, NullTtl = 0 }, "never:");
        await brief.GetAsync(1, (string?)null);
        await never.GetAsync(1, (string?)null);

        Assert.True(brief.IsCached(1));
        Assert.False(never.IsCached(1));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(brief.IsCached(1));
    }

    [Fact]
    public async Task Expired_entries_are_removed_in_the_background()
    {
        await _method.GetAsync(1, "loaded");
        _clock.Advance(TimeSpan.FromMinutes(11));

        Assert.All(_cache.Regions.All, region => Assert.Equal(0, region.Count));
    }

    [Fact]
    public async Task After_dispose_every_use_says_so()
    {
        await _method.GetAsync(1, "loaded");
        _cache.Dispose();

        Assert.Throws<ObjectDisposedException>(() => { _ = _method.GetAsync(1, "unused"); });
        Assert.Throws<ObjectDisposedException>(() => _cache.Set("a", 1));
        Assert.Throws<ObjectDisposedException>(() => _cache.Invalidate("a"));
        Assert.Throws<ObjectDisposedException>(() => _cache.KeysAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _cache.GetAsync<int>("a"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _cache.IncrementAsync("a"));
        Assert.Throws<ObjectDisposedException>(() => new TestMethod<string>(_cache));
    }

    [Fact]
    public async Task Null_where_something_is_needed_is_refused_by_name()
    {
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => _cache.Set(null!, 1)).ParamName);
        Assert.Equal("key", (await Assert.ThrowsAsync<ArgumentNullException>(async () => await _cache.GetAsync<int>((string)null!))).ParamName);
        Assert.Equal("load", (await Assert.ThrowsAsync<ArgumentNullException>(async () => await _cache.GetOrLoadAsync<int>("a", null!))).ParamName);
        Assert.Equal("keys", (await Assert.ThrowsAsync<ArgumentNullException>(async () => await _cache.GetManyAsync<int>(null!))).ParamName);
        Assert.Equal("ttl", Assert.Throws<ArgumentOutOfRangeException>(() => _cache.Set("a", 1, TimeSpan.Zero)).ParamName);
        Assert.Throws<ArgumentNullException>(() => _cache.Invalidate((string)null!));
        Assert.Contains("does not close", Assert.Throws<ArgumentException>(() => _cache.Invalidate("server:[1")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _cache.Dispose();

    private async Task<List<string>> KeysAsync(string pattern)
    {
        var keys = new List<string>();
        await foreach (string key in _cache.KeysAsync(pattern))
            keys.Add(key);
        return keys;
    }
}
