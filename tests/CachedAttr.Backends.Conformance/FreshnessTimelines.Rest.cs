namespace CachedAttr.Backends.Conformance;

/// <content>Time lines of what decides about single values, and of calls.</content>
public abstract partial class FreshnessTimelines
{
    [Fact]
    public async Task When_and_Unless_decide_about_each_call_and_each_value()
    {
        Assert.Equal("v1", await _service.JudgedAsync(0));
        Assert.Equal("v2", await _service.JudgedAsync(0));
        _service.Source = static (_, _) => Task.FromResult<string?>("draft");
        await _service.JudgedAsync(1);
        await _service.JudgedAsync(1);
        Assert.Equal(4, _service.Loads);
        _service.Source = static (load, _) => Task.FromResult<string?>("v" + load);
        Assert.Equal("v5", await _service.JudgedAsync(1));
        Pass(9.9);
        Assert.Equal("v5", await _service.JudgedAsync(1));
        Pass(0.2);
        Assert.Equal("v6", await _service.JudgedAsync(1));
    }

    [Fact]
    public async Task A_loader_gives_each_value_a_time_of_its_own()
    {
        await _service.OwnTimeAsync(3);
        await _service.OwnTimeAsync(30);
        Pass(2.9);
        Assert.Equal("v1", await _service.OwnTimeAsync(3));
        Pass(0.2);
        Assert.Equal("v3", await _service.OwnTimeAsync(3));
        Pass(26.8);
        Assert.Equal("v2", await _service.OwnTimeAsync(30));
        Pass(0.2);
        Assert.Equal("v4", await _service.OwnTimeAsync(30));
    }

    [Fact]
    public async Task Policy_a_named_policy_overrides_what_the_attribute_says()
    {
        Assert.Equal("v1", await _service.PolicyAsync(1));
        Pass(3.9);
        Assert.Equal("v1", await _service.PolicyAsync(1));
        Pass(0.2);
        Assert.Equal("v2", await _service.PolicyAsync(1));
    }

    [Fact]
    public async Task LoadTimeout_a_stale_value_stands_in_for_a_load_that_was_given_up()
    {
        Assert.Equal("v1", await _service.HardOrStaleAsync(1));
        Pass(11);
        _service.Source = static (_, _) => new TaskCompletionSource<string?>().Task;
        var call = _service.HardOrStaleAsync(1);
        await UntilAsync(async () => _service.Loads == 2 && _time.DueWithin(TimeSpan.FromSeconds(2)) > 0);
        Pass(2);
        Assert.Equal("v1", await call);
        Assert.Equal("v1", await _service.HardOrStaleAsync(1)); // the source is left alone
        Assert.Equal(2, _service.Loads);
        Pass(5.1);
        _service.Source = static (load, _) => Task.FromResult<string?>("v" + load);
        Assert.Equal("v3", await _service.HardOrStaleAsync(1));
    }

    [Fact]
    public async Task Many_keys_each_has_a_time_of_its_own_and_is_the_entry_of_one_key()
    {
        Assert.Equal("v1", await _service.ItemAsync(1));
        Pass(5);
        var found = await _service.ItemsAsync([1, 2]);
        Assert.Equal(("v1", "v2"), (found[1], found[2]));
        Assert.Equal("v2", await _service.ItemAsync(2));
        Pass(5.1);
        found = await _service.ItemsAsync([1, 2]);
        Assert.Equal(("v3", "v2"), (found[1], found[2]));
        await _service.TouchItemsAsync([1, 2]);
        Assert.Equal("v4", (await _service.ItemsAsync([2]))[2]);
        Assert.Equal("v5", await _service.ItemAsync(1));
    }

    [Fact]
    public async Task CachePut_what_a_method_returns_is_served_for_the_time_that_it_says()
    {
        Assert.Equal("v1", await _service.ItemAsync(1));
        await _service.PutItemAsync(1, "put");
        Pass(4.9);
        Assert.Equal("put", await _service.ItemAsync(1));
        await _service.PutItemAsync(1, null);
        Assert.Equal("put", await _service.ItemAsync(1));
        Pass(0.2);
        Assert.Equal("v2", await _service.ItemAsync(1));
    }

    [Fact]
    public async Task CachePut_a_load_that_began_before_does_not_come_back()
    {
        var gate = new TaskCompletionSource<string?>();
        _service.Source = (_, _) => gate.Task;
        var slow = _service.ItemAsync(1);
        await UntilAsync(async () => _service.Loads == 1);
        await _service.PutItemAsync(1, "put");
        gate.SetResult("old");
        await slow;
        Assert.Equal("put", await _service.ItemAsync(1));
        if (!IsShared)
            return;
        var other = await OpenOtherAsync();
        Assert.Equal("put", await other.ItemAsync(1));
    }

    [Fact]
    public async Task Scopes_load_afresh_and_store_nothing()
    {
        Assert.Equal("v1", await _service.PlainAsync(1));
        Pass(5);
        using (CacheScope.Bypass())
            Assert.Equal("v2", await _service.PlainAsync(1));
        Pass(9.9);
        Assert.Equal("v2", await _service.PlainAsync(1));
        Pass(0.2);
        using (CacheScope.NoStore())
            Assert.Equal("v3", await _service.PlainAsync(1));
        Assert.Equal("v4", await _service.PlainAsync(1));
        using (CacheScope.NoStore())
            Assert.Equal("v4", await _service.PlainAsync(1));
    }

    [Fact]
    public async Task Enabled_switched_off_everything_is_loaded_and_switched_on_again_what_still_holds_is_there()
    {
        Assert.Equal("v1", await _service.PlainAsync(1));
        await _service.PlainAsync(2);
        _caches[0].Enabled = false;
        Assert.Equal("v3", await _service.PlainAsync(1));
        await _caches[0].InvalidateAsync("plain:2");
        Pass(9.9);
        _caches[0].Enabled = true;
        Assert.Equal("v1", await _service.PlainAsync(1));
        Assert.Equal("v4", await _service.PlainAsync(2));
        Pass(0.2);
        Assert.Equal("v5", await _service.PlainAsync(1));
    }

    [Theory]
    [InlineData(CacheTiers.Local)]
    [InlineData(CacheTiers.Backend)]
    public async Task Tiers_a_value_is_kept_where_they_say(CacheTiers tiers)
    {
        Assert.Equal("v1", await GetAsync(_service));
        Pass(9.9);
        Assert.Equal("v1", await GetAsync(_service));
        Pass(0.2);
        Assert.Equal("v2", await GetAsync(_service));
        if (!IsShared)
            return;
        var other = await OpenOtherAsync();
        await GetAsync(other);
        Assert.Equal(tiers == CacheTiers.Local ? 1 : 0, other.Loads);

        async Task<string?> GetAsync(TimedService service)
        {
            string? value = await (tiers == CacheTiers.Local ? service.LocalAsync(1) : service.BackendAsync(1));
            if (tiers == CacheTiers.Backend)
                await UntilAsync(async () => await _caches[0].ExistsAsync("backend:1")); // it is on its way
            return value;
        }
    }

    [Fact]
    public async Task DistributedLock_one_process_loads_and_the_other_takes_what_it_has_stored()
    {
        if (!IsShared)
            return;
        var other = await OpenOtherAsync();
        var gate = new TaskCompletionSource<string?>();
        _service.Source = (_, _) => gate.Task;
        var first = _service.LockedAsync(1);
        await UntilAsync(async () => _service.Loads == 1);
        var second = other.LockedAsync(1);
        for (int i = 0; i < 10; i++)
        {
            Pass(2); // the lock is renewed, the backend's own clock goes on
            await Task.Delay(1);
        }

        Assert.False(second.IsCompleted);
        gate.SetResult("v1");
        Assert.Equal("v1", await first);
        await UntilAsync(async () =>
        {
            Pass(0.05);
            return second.IsCompleted;
        });
        Assert.Equal("v1", await second);
        Assert.Equal(0, other.Loads);
    }
}
