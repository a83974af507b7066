using System.Diagnostics;
using CachedAttr.Tests;

namespace CachedAttr.Backends.Conformance;

/// <summary>A time line for each feature of docs/freshness.md, on a clock that the test moves: with a backend of its own, or with none.</summary>
/// <remarks>A backend's own clock stands nearly still meanwhile, so only this process may judge times, and nothing asks the backend what time it is.</remarks>
public abstract partial class FreshnessTimelines : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<Cache> _caches = [];
    private TimedService _service = null!;

    /// <summary>Gives a cache its backend; all caches of a test share one.</summary>
    protected abstract void Configure(CacheOptions options);

    /// <summary>Whether there is one.</summary>
    protected virtual bool IsShared => true;

    [Fact]
    public async Task Ttl_a_value_is_loaded_again_after_it()
    {
        Assert.Equal("v1", await _service.PlainAsync(1));
        Pass(9.9);
        Assert.Equal("v1", await _service.PlainAsync(1));
        Pass(0.2);
        Assert.Equal("v2", await _service.PlainAsync(1));
    }

    [Fact]
    public async Task NullTtl_null_is_kept_for_a_time_of_its_own()
    {
        _service.Source = static (_, _) => Task.FromResult<string?>(null);
        await _service.PlainAsync(1);
        Pass(2.9);
        await _service.PlainAsync(1);
        Assert.Equal(1, _service.Loads);
        Pass(0.2);
        await _service.PlainAsync(1);
        Assert.Equal(2, _service.Loads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StaleWhileRevalidate_a_stale_value_is_served_while_one_load_refreshes_it(bool synchronous)
    {
        Task<string?> GetAsync() => synchronous ? Task.FromResult(_service.RevalidateSync(1)) : _service.RevalidateAsync(1);
        Assert.Equal("v1", await GetAsync());
        Pass(11);
        var gate = new TaskCompletionSource<string?>();
        _service.Source = (_, _) => gate.Task;
        foreach (int _ in Enumerable.Range(0, 5))
            Assert.Equal("v1", await GetAsync());
        await UntilAsync(async () => _service.Loads == 2);
        gate.SetResult("v2");
        await UntilAsync(async () => await GetAsync() == "v2");
        Assert.Equal(2, _service.Loads);
        Pass(31);
        _service.Source = static (load, _) => Task.FromResult<string?>("v" + load);
        Assert.Equal("v3", await GetAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StaleIfError_a_stale_value_stands_in_and_the_source_is_left_alone_for_a_while(bool synchronous)
    {
        async Task<string?> GetAsync() => synchronous ? _service.ErrorSync(1) : await _service.ErrorAsync(1);
        Assert.Equal("v1", await GetAsync());
        Pass(11);
        _service.Source = static (_, _) => throw new IOException("The source is away.");
        Assert.Equal("v1", await GetAsync());
        Assert.Equal(2, _service.Loads);
        Pass(4.9);
        Assert.Equal("v1", await GetAsync());
        Assert.Equal(2, _service.Loads);
        Pass(0.2);
        Assert.Equal("v1", await GetAsync());
        Assert.Equal(3, _service.Loads);
        Pass(5.1);
        _service.Source = static (load, _) => Task.FromResult<string?>("v" + load);
        Assert.Equal("v4", await GetAsync());
        Pass(71);
        _service.Source = static (_, _) => throw new IOException("The source is away.");
        await Assert.ThrowsAsync<IOException>(GetAsync);
    }

    [Fact]
    public async Task RefreshAhead_a_value_in_use_does_not_end()
    {
        Assert.Equal("v1", await _service.AheadAsync(1));
        Pass(4.9);
        Assert.Equal("v1", await _service.AheadAsync(1));
        Assert.Equal(1, _service.Loads);
        Pass(0.2);
        Assert.Equal("v1", await _service.AheadAsync(1));
        await UntilAsync(async () => await _service.AheadAsync(1) == "v2");
        Pass(4.9);
        Assert.Equal("v2", await _service.AheadAsync(1));
        Assert.Equal(2, _service.Loads);
        Pass(5.2);
        Assert.Equal("v3", await _service.AheadAsync(1));
    }

    [Fact]
    public async Task Jitter_keys_do_not_end_together()
    {
        for (int i = 0; i < 400; i++)
            await _service.JitterAsync(i);
        Pass(49.9);
        await AllAsync();
        Assert.Equal(400, _service.Loads);
        Pass(25.1);
        await AllAsync();
        Assert.InRange(_service.Loads, 400 + 140, 400 + 260);
        Pass(25.1);
        int loads = _service.Loads;
        await AllAsync();
        Assert.InRange(_service.Loads - loads, 140, 260);

        async Task AllAsync()
        {
            for (int i = 0; i < 400; i++)
                await _service.JitterAsync(i);
        }
    }

    [Fact]
    public async Task Sliding_reads_prolong_a_value_until_its_time_to_live_ends()
    {
        Assert.Equal("v1", await _service.SlidingAsync(1));
        foreach (int _ in Enumerable.Range(0, 7))
        {
            Pass(8);
            Assert.Equal("v1", await _service.SlidingAsync(1));
        }

        Pass(5);
        Assert.Equal("v2", await _service.SlidingAsync(1));
    }

    [Fact]
    public async Task LoadTimeout_a_load_is_given_up_and_its_token_cancelled()
    {
        CancellationToken given = default;
        _service.Source = (_, token) =>
        {
            given = token;
            return new TaskCompletionSource<string?>().Task;
        };
        var call = _service.HardAsync(1);
        await UntilAsync(async () => _service.Loads == 1);
        Pass(1.9);
        Assert.False(call.IsCompleted);
        await UntilAsync(async () =>
        {
            Pass(0.2);
            return call.IsCompleted;
        });
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("LoadTimeout", exception.Message, StringComparison.Ordinal);
        Assert.True(given.IsCancellationRequested);
    }

    [Fact]
    public async Task SoftTimeout_a_stale_value_is_served_if_a_load_takes_long_and_the_load_goes_on()
    {
        Assert.Equal("v1", await _service.SoftAsync(1));
        Pass(11);
        var gate = new TaskCompletionSource<string?>();
        _service.Source = (_, _) => gate.Task;
        var first = _service.SoftAsync(1);
        await UntilAsync(async () => _service.Loads == 2 && _time.DueWithin(TimeSpan.FromSeconds(1)) > 0);
        Assert.False(first.IsCompleted);
        Pass(1);
        Assert.Equal("v1", await first);
        Assert.Equal("v1", await _service.SoftAsync(1)); // at once: the load is known to be slow
        gate.SetResult("v2");
        await UntilAsync(async () => await _service.SoftAsync(1) == "v2");
        Assert.Equal(2, _service.Loads);
    }

    [Fact]
    public async Task A_source_that_says_not_modified_prolongs_what_is_there()
    {
        Assert.Equal("v1", await _service.FeedAsync(1));
        Pass(11);
        Assert.Equal("v1", await _service.FeedAsync(1));
        Pass(9);
        Assert.Equal("v1", await _service.FeedAsync(1));
        Assert.Equal(2, _service.Loads);
    }

    [Fact]
    public async Task What_was_invalidated_is_not_served_stale()
    {
        Assert.Equal("v1", await _service.TaggedAsync(1));
        Pass(11);
        _service.Source = static (_, _) => throw new IOException("The source is away.");
        Assert.Equal("v1", await _service.TaggedAsync(1));
        await _caches[0].InvalidateTagAsync("tag:1");
        await Assert.ThrowsAsync<IOException>(() => _service.TaggedAsync(1));
    }

    [Fact]
    public async Task Another_process_is_served_what_is_stale_in_the_backend_and_knows_its_notes()
    {
        if (!IsShared)
            return;
        var other = await OpenOtherAsync();
        await _service.RevalidateAsync(1);
        await _service.ErrorAsync(1);
        await _service.FeedAsync(1);
        await WrittenAsync("revalidate:1", "error:1", "feed:1");
        Pass(11);
        Assert.Equal("v1", await other.RevalidateAsync(1));
        await UntilAsync(async () => other.Loads == 1);
        other.Source = static (_, _) => throw new IOException("The source is away.");
        Assert.Equal("v2", await other.ErrorAsync(1));
        Assert.Equal("v3", await other.FeedAsync(1));
        Assert.Equal(3, other.Loads);
    }

    [Fact]
    public async Task Reads_of_one_process_prolong_what_another_finds_in_the_backend()
    {
        if (!IsShared)
            return;
        var other = await OpenOtherAsync();
        await _service.SlidingAsync(1);
        await WrittenAsync("sliding:1");
        foreach (int _ in Enumerable.Range(0, 3))
        {
            Pass(8);
            Assert.Equal("v1", await _service.SlidingAsync(1));
        }

        Assert.Equal("v1", await other.SlidingAsync(1));
        Assert.Equal(0, other.Loads);
    }

    [Fact]
    public async Task A_tag_reaches_another_process()
    {
        if (!IsShared)
            return;
        var other = await OpenOtherAsync();
        Assert.Equal("v1", await _service.TaggedAsync(1));
        await WrittenAsync("tagged:1");
        Assert.Equal("v1", await other.TaggedAsync(1));
        await _caches[0].InvalidateTagAsync("tag:1");
        await UntilAsync(async () => await other.TaggedAsync(1) != "v1" || other.Loads > 0);
        Assert.Equal(1, other.Loads);
    }

    public Task InitializeAsync()
    {
        _service = Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var cache in _caches)
            await cache.DisposeAsync();
    }

    private TimedService Open()
    {
        var cache = Cache.Create(options =>
        {
            options.TimeProvider = _time;
            options.HeartbeatInterval = options.MaxLoad = 1_000_000;
            options.BackendTimeout = 80_000;
            options.Policies["short"] = new() { Ttl = 4 };
            Configure(options);
        });
        _caches.Add(cache);
        return new(cache);
    }

    // What the backend says of its time when a process first asks counts from then on.
    private async Task<TimedService> OpenOtherAsync()
    {
        var other = Open();
        Assert.False(await _caches[^1].ExistsAsync("nothing"));
        return other;
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until the backend has what was sent to it in the background.</summary>
    private async Task WrittenAsync(params string[] keys)
    {
        foreach (string key in keys)
            await UntilAsync(async () => await _caches[1].ExistsAsync(key));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (long began = Stopwatch.GetTimestamp(); !await condition() && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30);)
            await Task.Delay(1);
        Assert.True(await condition(), "it did not happen");
    }
}
