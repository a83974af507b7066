namespace CachedAttr.Backends.Conformance;

/// <content>The guards without which an old value could come back, each by itself.</content>
public abstract partial class BackendConformance
{
    [Fact]
    public async Task Stamp_what_was_loaded_later_is_not_overwritten_by_what_was_loaded_earlier()
    {
        var early = await PresentAsync();
        await PassAsync(TimeSpan.FromMilliseconds(20));
        var late = await PresentAsync();
        Assert.True(late.Sequence > early.Sequence);
        Assert.True(await Backend.SetAsync("k", Entry(late, "late"), TimeSpan.FromMinutes(1), Call));
        Assert.False(await Backend.SetAsync("k", Entry(early, "early"), TimeSpan.FromMinutes(1), Call));
        Assert.Equal("late", await GetAsync("k"));
        Assert.True(await Backend.SetAsync("k", Entry(late, "same stamp"), TimeSpan.FromMinutes(1), Call));
        Assert.Equal("same stamp", await GetAsync("k"));
    }

    [Fact]
    public async Task Tombstone_a_load_that_began_before_an_exact_invalidation_is_not_stored_after_it()
    {
        await SetNowAsync("k", "old");
        var before = await PresentAsync();
        var page = await Backend.InvalidateAsync([Key("k")], before, Call);
        Assert.Equal("tombstone", await GetAsync("k"));
        Assert.Equal(page.Appended, (await StampAsync("k")).Sequence);
        Assert.False(await Backend.SetAsync("k", Entry(before, "slow load"), TimeSpan.FromMinutes(1), Call));
        Assert.Equal("tombstone", await GetAsync("k"));
        Assert.True(await Backend.SetAsync("k", Entry(page.End, "load after it"), TimeSpan.FromMinutes(1), Call));
        Assert.Equal("load after it", await GetAsync("k"));
    }

    [Fact]
    public async Task Tombstone_it_is_there_for_a_key_that_had_no_entry_and_lives_longer_than_a_load()
    {
        var before = await PresentAsync();
        await Backend.InvalidateAsync([Key("never seen")], before, Call);
        await PassAsync(MaxLoad * 0.8);
        Assert.Equal("tombstone", await GetAsync("never seen"));
        Assert.False(await Backend.SetAsync("never seen", Entry(before, "slow load"), TimeSpan.FromMinutes(1), Call));
    }

    [Fact]
    public async Task Tombstone_no_entry_in_the_eyes_of_anyone()
    {
        await Backend.InvalidateAsync([Key("k")], LogPosition.None, Call);
        Assert.Null(await Backend.GetTimeToLiveAsync("k", Call));
        Assert.False(await Backend.ExistsAsync("k", Call));
    }

    [Fact]
    public async Task Tombstone_a_counter_that_takes_its_place_keeps_out_the_same_loads()
    {
        var before = await PresentAsync();
        await PassAsync(TimeSpan.FromMilliseconds(20));
        var load = await PresentAsync();
        await Backend.InvalidateAsync([Key("n")], load, Call);
        Assert.Equal(1, await Backend.IncrementAsync("n", new(1, TimeSpan.FromMinutes(1), before, 0), Call)); // by who has not heard of it
        Assert.False(await Backend.SetAsync("n", Entry(load, "slow load"), TimeSpan.FromMinutes(1), Call));
        Assert.Equal(2, await AddAsync("n", 1));
    }

    [Fact]
    public async Task Age_a_load_that_began_too_long_ago_is_not_stored()
    {
        var began = await PresentAsync();
        await PassAsync(MaxLoad + TimeSpan.FromMilliseconds(200));
        Assert.False(await Backend.SetAsync("k", Entry(began, "paused load"), TimeSpan.FromMinutes(1), Call));
        Assert.Null(await GetAsync("k"));
        Assert.True(await SetNowAsync("k", "fresh load"));
    }

    [Fact]
    public async Task Floor_forgotten_keys_raise_it()
    {
        var before = await PresentAsync();
        var page = await Backend.InvalidateAsync([Key("k")], before, Call);
        Assert.True(page.KeyFloor < page.Appended);
        await PassAsync(MaxLoad + TimeSpan.FromMilliseconds(500));
        var later = await Backend.ReadLogAsync(before, Call);
        Assert.True(later.KeyFloor >= page.Appended || later.Records.Any(record => record.What == Key("k")), "forgotten without a trace");
        Assert.True(later.KeyFloor >= page.Appended, "not forgotten after its time");
    }

    [Fact]
    public async Task Put_wins_over_every_load_that_began_before_it()
    {
        var before = await PresentAsync();
        var page = await Backend.PutAsync("k", Entry(LogPosition.None, "by hand"), TimeSpan.FromMinutes(1), before, Call);
        Assert.Equal("by hand", await GetAsync("k"));
        Assert.Equal(new LogPosition(page.Epoch, page.Appended), await StampAsync("k"));
        Assert.False(await Backend.SetAsync("k", Entry(before, "slow load"), TimeSpan.FromMinutes(1), Call));
        Assert.Equal("by hand", await GetAsync("k"));
        Assert.Contains(new LogRecord(page.Appended, Key("k")), page.Records);
        await Backend.PutAsync("k", Entry(LogPosition.None, "again"), TimeSpan.FromSeconds(100), page.End, Call);
        Assert.Equal("again", await GetAsync("k"));
        Assert.InRange((await Backend.GetTimeToLiveAsync("k", Call))!.Value, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Foreign_bytes_are_overwritten()
    {
        byte[] foreign = "this was never an entry of a cache, and it is longer than a header"u8.ToArray();
        await Backend.SetAsync("k", foreign, TimeSpan.FromMinutes(1), Call); // its stamp is 0: too old, if the backend reads it
        Assert.True(await SetNowAsync("k", "value"));
        Assert.Equal("value", await GetAsync("k"));
    }
}
