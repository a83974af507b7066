using CachedAttr.Keys;

namespace CachedAttr.Backends.Conformance;

/// <content>Bytes by key.</content>
public abstract partial class BackendConformance
{
    [Fact]
    public async Task What_was_stored_is_read_as_it_was()
    {
        byte[] all = [.. Entry(await PresentAsync(), ""), .. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Assert.True(await Backend.SetAsync("k", all, TimeSpan.FromMinutes(1), Call));
        Assert.Equal(all, (await Backend.GetAsync("k", Call))!.Value.ToArray());
    }

    [Fact]
    public async Task A_key_without_an_entry_has_none()
    {
        Assert.Null(await Backend.GetAsync("nothing", Call));
        Assert.Null(await Backend.GetTimeToLiveAsync("nothing", Call));
        Assert.False(await Backend.ExistsAsync("nothing", Call));
        Assert.Equal(0, await Backend.RemoveAsync(["nothing"], Call));
    }

    [Fact]
    public async Task An_entry_without_a_payload_and_one_of_a_megabyte_are_entries()
    {
        string megabyte = new('x', 1024 * 1024);
        Assert.True(await SetNowAsync("empty", ""));
        Assert.True(await SetNowAsync("large", megabyte));
        Assert.Equal("", await GetAsync("empty"));
        Assert.Equal(megabyte, await GetAsync("large"));
    }

    [Theory]
    [InlineData("server:1")]
    [InlineData("a'b\"c`d;--")]
    [InlineData("%2A%3F\\[x]{y}")]
    [InlineData("schlüssel:値:🔑")]
    [InlineData(":")]
    public async Task Any_text_is_a_key(string key)
    {
        Assert.True(await SetNowAsync(key, "value"));
        Assert.Equal("value", await GetAsync(key));
        Assert.Null(await GetAsync(key + " "));
        Assert.Equal(1, await Backend.RemoveAsync([key], Call));
        Assert.Null(await GetAsync(key));
    }

    [Fact]
    public async Task Long_keys_that_differ_only_at_the_end_are_different()
    {
        string head = "server:" + new string('ä', 5000);
        await SetNowAsync(head + "1", "one");
        await SetNowAsync(head + "2", "two");
        Assert.Equal(("one", "two"), (await GetAsync(head + "1"), await GetAsync(head + "2")));
    }

    [Fact]
    public async Task Keys_are_compared_exactly()
    {
        await SetNowAsync("Key", "upper");
        await SetNowAsync("key", "lower");
        Assert.Equal(("upper", "lower"), (await GetAsync("Key"), await GetAsync("key")));
    }

    [Fact]
    public async Task An_entry_goes_when_its_time_is_over()
    {
        await SetNowAsync("long", "value");

        // On a busy machine its time may be over before it has been read: then it gets more.
        var time = TimeSpan.FromMilliseconds(150);
        string? found;
        long began;
        do
        {
            time *= 2;
            began = System.Diagnostics.Stopwatch.GetTimestamp();
            await SetNowAsync("short", "value", time);
            found = await GetAsync("short");
        }
        while (System.Diagnostics.Stopwatch.GetElapsedTime(began) >= time);

        Assert.Equal("value", found);
        await PassAsync(time + TimeSpan.FromMilliseconds(100));
        Assert.Null(await GetAsync("short"));
        Assert.False(await Backend.ExistsAsync("short", Call));
        Assert.Equal("value", await GetAsync("long"));
    }

    [Fact]
    public async Task The_time_that_is_left_is_told()
    {
        await SetNowAsync("k", "value", TimeSpan.FromSeconds(100));
        Assert.InRange((await Backend.GetTimeToLiveAsync("k", Call))!.Value, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(100));
        Assert.True(await Backend.ExistsAsync("k", Call));
        await SetNowAsync("k", "again", TimeSpan.FromSeconds(1000));
        Assert.InRange((await Backend.GetTimeToLiveAsync("k", Call))!.Value, TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(1000));
    }

    [Fact]
    public async Task Many_keys_are_read_in_their_order()
    {
        foreach (int i in Enumerable.Range(0, 50))
            await SetNowAsync($"k{i}", $"v{i}");
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? $"k{i / 2}" : $"missing{i}"), "k7", "k7"];
        var values = await Backend.GetManyAsync(keys, Call);
        Assert.Equal(keys.Select(key => key.StartsWith('k') ? "v" + key[1..] : null), values.Select(Payload));
        Assert.Empty(await Backend.GetManyAsync([], Call));
    }

    [Fact]
    public async Task Removing_tells_how_many_entries_there_were()
    {
        await SetNowAsync("a", "1");
        await SetNowAsync("b", "2");
        await Backend.InvalidateAsync([Key("c")], LogPosition.None, Call);
        Assert.Equal(2, await Backend.RemoveAsync(["a", "b", "c", "d"], Call));
        Assert.Equal((null, null), (await GetAsync("a"), await GetAsync("b")));
    }

    [Fact]
    public async Task A_scan_finds_what_a_pattern_matches_without_tombstones()
    {
        foreach (int i in Enumerable.Range(0, 250))
            await SetNowAsync($"server:{i}", "v");
        await SetNowAsync("servers:all", "v");
        await SetNowAsync("a[b]*c", "v");
        await Backend.InvalidateAsync([Key("server:7")], LogPosition.None, Call);
        Assert.Equal(249, (await ScanAsync("server:*")).Count);
        Assert.Equal(["server:13"], await ScanAsync("server:[1]3"));
        Assert.Equal(["a[b]*c"], await ScanAsync("a\\[b\\]\\*c"));
        Assert.Equal(251, (await ScanAsync("*")).Count);
        Assert.Empty(await ScanAsync("other:*"));
    }

    [Fact]
    public async Task Another_prefix_sees_nothing()
    {
        await SetNowAsync("k", "value");
        await using var other = await OpenAsync(Settings with { KeyPrefix = Settings.KeyPrefix + "other:" });
        var before = (await other.ReadLogAsync(LogPosition.None, Call)).End;
        await Backend.InvalidateAsync([Pattern("*"), Key("x")], LogPosition.None, Call);
        Assert.Null(await other.GetAsync("k", Call));
        Assert.Empty((await other.ReadLogAsync(before, Call)).Records);
        var found = new List<string>();
        await foreach (string key in other.ScanAsync(KeyPattern.Parse("*"), CancellationToken.None))
            found.Add(key);
        Assert.Empty(found);
    }

    [Fact]
    public async Task The_status_names_the_backend_and_counts_the_log()
    {
        await Backend.InvalidateAsync([Pattern("a:*"), Pattern("b:*")], LogPosition.None, Call);
        var status = await Backend.GetStatusAsync(Call);
        Assert.Equal(Backend.Name, status.Backend);
        Assert.Equal(2, status.LogRecords);
    }

    private async Task<List<string>> ScanAsync(string pattern)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (string key in Backend.ScanAsync(KeyPattern.Parse(pattern), CancellationToken.None))
            keys.Add(key);
        return [.. keys.Order(StringComparer.Ordinal)];
    }
}
