using Microsoft.Extensions.Caching.Hybrid;

namespace CachedAttr.Tests.Interop;

/// <summary>"Asynchronously gets the value associated with the key if it exists, or generates a new entry using the provided key and a value from the given factory if the key is not found."</summary>
public sealed class HybridCacheLoadTests : IAsyncDisposable
{
    private readonly Cache _cache = Cache.Create();
    private readonly HybridCache _hybrid;
    private int _loads;

    public HybridCacheLoadTests() => _hybrid = _cache.AsHybridCache();

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    [Fact]
    public async Task A_value_is_generated_if_the_key_is_not_found_and_got_if_it_exists()
    {
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("a", LoadAsync));
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("a", LoadAsync));
        Assert.Equal("2", await _hybrid.GetOrCreateAsync("b", LoadAsync));
    }

    [Fact]
    public async Task Many_concurrent_callers_of_a_key_run_the_factory_once()
    {
        var release = new TaskCompletionSource();
        var calls = Enumerable.Range(0, 1000).Select(_ => _hybrid.GetOrCreateAsync("a", async token =>
        {
            await release.Task;
            return await LoadAsync(token);
        }).AsTask()).ToList();
        release.SetResult();
        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("1", value));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task The_state_is_passed_to_the_factory()
    {
        string value = await _hybrid.GetOrCreateAsync("a", (Name: "x", Number: 7), static (state, _) => new ValueTask<string>(state.Name + state.Number));
        Assert.Equal("x7", value);
    }

    [Fact]
    public async Task A_key_as_a_span_is_the_same_key()
    {
        await _hybrid.GetOrCreateAsync("item:7", LoadAsync);
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("an item:7".AsSpan(3), LoadAsync));
    }

    [Fact]
    public async Task A_key_as_a_span_with_state_is_the_same_key()
    {
        await _hybrid.GetOrCreateAsync("item:7", LoadAsync);
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("item:7".AsSpan(), this, static (test, token) => test.LoadAsync(token)));
    }

    [Fact]
    public async Task A_key_as_an_interpolated_string_is_the_same_key()
    {
        int id = 7;
        await _hybrid.GetOrCreateAsync("item:7", LoadAsync);
        Assert.Equal("1", await _hybrid.GetOrCreateAsync($"item:{id}", LoadAsync));
        Assert.Equal("1", await _hybrid.GetOrCreateAsync($"item:{id}", this, static (test, token) => test.LoadAsync(token)));
    }

    [Fact]
    public async Task What_the_factory_throws_reaches_the_caller_and_is_not_cached()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () => await _hybrid.GetOrCreateAsync<string>("a", _ => throw new InvalidDataException()));
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("a", LoadAsync));
    }

    [Fact]
    public async Task A_null_from_the_factory_is_a_value()
    {
        Assert.Null(await _hybrid.GetOrCreateAsync("a", _ => new ValueTask<string?>((string?)null)));
        Assert.Null(await _hybrid.GetOrCreateAsync("a", _ => new ValueTask<string?>("late")));
    }

    [Fact]
    public async Task A_cancelled_call_does_not_run_the_factory()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _hybrid.GetOrCreateAsync("a", LoadAsync, cancellationToken: new CancellationToken(true)));
        Assert.Equal(0, _loads);
    }

    [Fact]
    public async Task A_caller_who_cancels_ends_only_its_own_wait()
    {
        var release = new TaskCompletionSource<string>();
        using var impatient = new CancellationTokenSource();
        var first = _hybrid.GetOrCreateAsync("a", async token => await release.Task.WaitAsync(token), cancellationToken: impatient.Token).AsTask();
        var second = _hybrid.GetOrCreateAsync("a", LoadAsync).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult("loaded");
        Assert.Equal("loaded", await second);
        Assert.Equal(0, _loads);
    }

    [Fact]
    public async Task The_factory_is_cancelled_when_nobody_waits_any_more()
    {
        var cancelled = new TaskCompletionSource();
        using var source = new CancellationTokenSource();
        var call = _hybrid.GetOrCreateAsync<string>(
            "a",
            async token =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return "";
                }
                catch (OperationCanceledException)
                {
                    cancelled.SetResult();
                    throw;
                }
            },
            cancellationToken: source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task;
    }

    [Fact]
    public async Task A_value_that_is_set_is_got_and_overwrites_the_one_before()
    {
        await _hybrid.SetAsync("a", "x");
        Assert.Equal("x", await _hybrid.GetOrCreateAsync("a", LoadAsync));
        await _hybrid.SetAsync("a", "y");
        Assert.Equal("y", await _hybrid.GetOrCreateAsync("a", LoadAsync));
        Assert.Equal(0, _loads);
    }

    [Fact]
    public async Task A_removed_key_is_generated_again()
    {
        await _hybrid.SetAsync("a", "x");
        await _hybrid.RemoveAsync("a");
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("a", LoadAsync));
    }

    [Fact]
    public async Task Several_keys_are_removed_at_once()
    {
        await _hybrid.SetAsync("a", "x");
        await _hybrid.SetAsync("b", "x");
        await _hybrid.SetAsync("c", "x");
        await _hybrid.RemoveAsync(["a", "b"]);
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("a", LoadAsync));
        Assert.Equal("2", await _hybrid.GetOrCreateAsync("b", LoadAsync));
        Assert.Equal("x", await _hybrid.GetOrCreateAsync("c", LoadAsync));
    }

    [Fact]
    public async Task What_is_removed_while_its_factory_runs_is_not_stored()
    {
        var release = new TaskCompletionSource<string>();
        var call = _hybrid.GetOrCreateAsync("a", _ => new ValueTask<string>(release.Task)).AsTask();
        await _hybrid.RemoveAsync("a");
        release.SetResult("old");
        Assert.Equal("old", await call);
        Assert.Equal("1", await _hybrid.GetOrCreateAsync("a", LoadAsync));
    }

    [Fact]
    public async Task A_set_value_is_not_overwritten_by_a_factory_that_began_before()
    {
        var release = new TaskCompletionSource<string>();
        var call = _hybrid.GetOrCreateAsync("a", _ => new ValueTask<string>(release.Task)).AsTask();
        await _hybrid.SetAsync("a", "set");
        release.SetResult("old");
        await call;
        Assert.Equal("set", await _hybrid.GetOrCreateAsync("a", LoadAsync));
    }

    [Fact]
    public async Task An_empty_key_and_a_missing_factory_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _hybrid.GetOrCreateAsync("", LoadAsync));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _hybrid.GetOrCreateAsync((string)null!, LoadAsync));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _hybrid.GetOrCreateAsync<HybridCache, string>("a", _hybrid, null!));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _hybrid.SetAsync("", ""));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _hybrid.RemoveAsync(""));
    }

    [Fact]
    public async Task A_disposed_cache_says_so()
    {
        await _cache.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _hybrid.GetOrCreateAsync("a", LoadAsync));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _hybrid.SetAsync("a", "x"));
    }

    [Fact]
    public async Task Its_entries_are_those_of_the_cache()
    {
        await _hybrid.GetOrCreateAsync("server:7", LoadAsync);
        Assert.Equal("1", await _cache.GetAsync<string>("server:7"));
        await _cache.SetAsync("server:8", "by hand");
        Assert.Equal("by hand", await _hybrid.GetOrCreateAsync("server:8", LoadAsync));
        await _cache.InvalidateAsync("server:*");
        Assert.Equal("2", await _hybrid.GetOrCreateAsync("server:7", LoadAsync));
    }

    private ValueTask<string> LoadAsync(CancellationToken cancellationToken) => new(Interlocked.Increment(ref _loads).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
