namespace CachedAttr.Tests.Loading;

public sealed class SingleFlightTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();

    [Fact]
    public async Task A_thousand_concurrent_callers_make_one_load()
    {
        var method = new TestMethod<string>(_cache);
        var gate = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 1000).Select(_ => Task.Run(() => method.GetAsync(1, async _ =>
        {
            await gate.Task;
            return "value";
        }))).ToList();

        while (method.Loads == 0)
            await Task.Yield();
        gate.SetResult();

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("value", value));
        Assert.Equal(1, method.Loads);
    }

    [Fact]
    public async Task Threads_that_ask_a_method_without_tasks_make_one_load()
    {
        var method = new TestMethod<string>(_cache);
        using var gate = new ManualResetEventSlim();
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => method.Get(1, () =>
            {
                gate.Wait();
                return "value";
            }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();

        while (method.Loads == 0)
            await Task.Yield();
        gate.Set();

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("value", value));
        Assert.Equal(1, method.Loads);
    }

    [Fact]
    public async Task A_callers_cancellation_ends_only_its_own_wait()
    {
        var method = new TestMethod<string>(_cache);
        var source = new TaskCompletionSource<string>();
        CancellationToken loadToken = default;
        using var impatient = new CancellationTokenSource();
        var first = method.GetAsync(1, token =>
        {
            loadToken = token;
            return new(source.Task);
        }, impatient.Token);
        var second = method.GetAsync(1, "unused");

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(loadToken.IsCancellationRequested);
        source.SetResult("value");
        Assert.Equal("value", await second);
        Assert.Equal("value", await method.GetAsync(1, "unused"));
        Assert.Equal(1, method.Loads);
    }

    [Fact]
    public async Task When_all_callers_have_gone_the_load_is_cancelled_and_the_next_caller_loads_anew()
    {
        var method = new TestMethod<string>(_cache);
        var source = new TaskCompletionSource<string>();
        CancellationToken loadToken = default;
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        var first = method.GetAsync(1, token =>
        {
            loadToken = token;
            return new(source.Task);
        }, one.Token);
        var second = method.GetAsync(1, _ => new("unused"), two.Token);

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(loadToken.IsCancellationRequested);
        await two.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Assert.True(loadToken.IsCancellationRequested);
        Assert.Equal("fresh", await method.GetAsync(1, "fresh"));
    }

    [Fact]
    public async Task A_failed_load_reaches_all_its_callers_and_is_not_cached()
    {
        var method = new TestMethod<string>(_cache);
        var source = new TaskCompletionSource<string>();
        var first = method.GetAsync(1, _ => new(source.Task));
        var second = method.GetAsync(1, _ => new(source.Task));

        source.SetException(new InvalidOperationException("down"));

        Assert.Equal("down", (await Assert.ThrowsAsync<InvalidOperationException>(() => first)).Message);
        Assert.Equal("down", (await Assert.ThrowsAsync<InvalidOperationException>(() => second)).Message);
        Assert.Equal("up", await method.GetAsync(1, "up"));
        Assert.Throws<InvalidOperationException>(() => method.Get(2, () => throw new InvalidOperationException()));
        Assert.Equal("up", method.Get(2, () => "up"));
    }

    [Fact]
    public async Task A_caller_that_comes_cancelled_does_not_load()
    {
        var method = new TestMethod<string>(_cache);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => method.GetAsync(1, _ => new("value"), new CancellationToken(canceled: true)));
        Assert.Equal(0, method.Loads);
    }

    [Fact]
    public void A_loader_without_tasks_may_ask_for_its_own_key()
    {
        var method = new TestMethod<string>(_cache);
        Assert.Equal("inner!", method.Get(1, () => method.Get(1, () => "inner") + "!"));
    }

    [Fact]
    public async Task A_load_longer_than_its_limit_is_returned_and_not_stored()
    {
        var clock = new ManualTimeProvider();
        using var cache = Cache.Create(options =>
        {
            options.TimeProvider = clock;
            options.MaxLoad = 30;
        });
        var method = new TestMethod<string>(cache);

        string slow = await method.GetAsync(1, _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            return new("slow");
        });

        Assert.Equal("slow", slow);
        Assert.False(method.IsCached(1));
    }

    public void Dispose() => _cache.Dispose();
}
