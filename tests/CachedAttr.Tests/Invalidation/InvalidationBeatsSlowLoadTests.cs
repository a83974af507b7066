using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Invalidation;

public sealed class InvalidationBeatsSlowLoadTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();

    public static TheoryData<string> Invalidations => ["server:1", "server:*", "*", "serve?:[0-9]", "exact by Remove", "set by hand", "clear"];

    [Theory]
    [MemberData(nameof(Invalidations))]
    public async Task A_value_that_was_read_before_is_not_served_after_although_its_load_ends_later(string how)
    {
        var method = new TestMethod<string>(_cache);
        var slow = new TaskCompletionSource<string>();
        var load = method.GetAsync(1, _ => new(slow.Task));

        await InvalidateAsync(how);
        slow.SetResult("old");

        Assert.Equal("old", await load);
        Assert.Equal("new", await method.GetAsync(1, "new"));
        Assert.Equal("new", await method.GetAsync(1, "unused"));
    }

    [Theory]
    [MemberData(nameof(Invalidations))]
    public async Task A_caller_that_comes_after_does_not_join_the_older_load(string how)
    {
        var method = new TestMethod<string>(_cache);
        var slow = new TaskCompletionSource<string>();
        var load = method.GetAsync(1, _ => new(slow.Task));

        await InvalidateAsync(how);
        string after = await method.GetAsync(1, "new");
        slow.SetResult("old");

        Assert.Equal("new", after);
        Assert.Equal("old", await load);
        Assert.Equal("new", await method.GetAsync(1, "unused"));
    }

    [Theory]
    [MemberData(nameof(Invalidations))]
    public async Task What_is_stored_is_not_served_any_more(string how)
    {
        var method = new TestMethod<string>(_cache);
        await method.GetAsync(1, "old");

        await InvalidateAsync(how);

        Assert.Equal("new", await method.GetAsync(1, "new"));
    }

    [Theory]
    [InlineData("server:2")]
    [InlineData("server:1?")]
    [InlineData("servers:*")]
    [InlineData("?")]
    public async Task What_does_not_match_stays(string pattern)
    {
        var method = new TestMethod<string>(_cache);
        await method.GetAsync(1, "old");
        var load = method.GetAsync(3, async _ =>
        {
            await Task.Yield();
            return "old";
        });

        _cache.Invalidate(pattern);

        await load;
        Assert.Equal("old", await method.GetAsync(1, "unused"));
        Assert.Equal("old", await method.GetAsync(3, "unused"));
        Assert.True(method.IsCached(1));
    }

    [Fact]
    public async Task An_entry_pays_one_check_for_each_invalidation_and_then_hits_again()
    {
        var method = new TestMethod<string>(_cache);
        await method.GetAsync(1, "value");

        _cache.Invalidate("server:2*");

        Assert.False(method.IsHitAtOnce(1)); // the hit path does not look into the log
        Assert.Equal("value", await method.GetAsync(1, "unused"));

        // No call is a hit at once while a test beside this one is within a scope.
        Assert.True(SpinWait.SpinUntil(() => method.IsHitAtOnce(1), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task More_patterns_than_are_remembered_cost_misses_and_never_an_old_value()
    {
        var method = new TestMethod<string>(_cache);
        await method.GetAsync(1, "old");
        await method.GetAsync(2, "old");

        _cache.Invalidate("server:1*");
        for (int i = 0; i <= CachedAttr.Invalidation.InvalidationLog.MaxRecords; i++)
            _cache.Invalidate($"server:{i + 100}*");

        Assert.Equal("new", await method.GetAsync(1, "new"));
        Assert.Equal("new", await method.GetAsync(2, "new"));
    }

    [Fact]
    public void The_same_pattern_again_is_the_same_record()
    {
        for (int i = 0; i < 1000; i++)
            _cache.Invalidate("server:*");

        Assert.Equal(1, _cache.Log.Count);
    }

    public void Dispose() => _cache.Dispose();

    private async Task InvalidateAsync(string how)
    {
        switch (how)
        {
            case "exact by Remove":
                _cache.Remove("server:1");
                break;
            case "set by hand":
                _cache.Set("server:1", "new");
                break;
            case "clear":
                await _cache.ClearAsync("server:*");
                break;
            default:
                _cache.Invalidate(how);
                break;
        }
    }
}
