using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using CachedAttr.Invalidation;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Coherence;

/// <summary>At most one process at a time loads a key.</summary>
public sealed class DistributedLockTests : IAsyncDisposable
{
    private static readonly CachePolicy Locked = new() { Ttl = 600, DistributedLock = true };
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Of_many_callers_in_many_processes_one_loads()
    {
        var services = Enumerable.Range(0, 4).Select(_ => Service(_nodes.Add())).ToList();
        var source = new TaskCompletionSource<string>();
        var callers = Enumerable.Range(0, 100).Select(i => services[i % 4].GetAsync(7, async _ => await source.Task)).ToList();
        await _nodes.UntilAsync(() => services.Sum(service => service.Loads) == 1, Step);
        _nodes.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, services.Sum(service => service.Loads));
        source.SetResult("value");
        var all = Task.WhenAll(callers);
        await _nodes.UntilAsync(() => all.IsCompleted, Step);
        Assert.All(await all, value => Assert.Equal("value", value));
        Assert.Equal(1, services.Sum(service => service.Loads));
    }

    [Fact]
    public async Task A_long_load_keeps_its_lock()
    {
        var (a, b) = (Service(_nodes.Add(options => options.MaxLoad = 600)), Service(_nodes.Add(options => options.MaxLoad = 600)));
        var source = new TaskCompletionSource<string>();
        var first = a.GetAsync(7, async _ => await source.Task);
        await _nodes.UntilAsync(() => a.Loads == 1, Step);
        var second = b.GetAsync(7, _ => new("never"));
        for (int i = 0; i < 60; i++)
        {
            _nodes.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(0, b.Loads);
        source.SetResult("value");
        await _nodes.UntilAsync(() => first.IsCompleted && second.IsCompleted, Step);
        Assert.Equal(("value", "value"), (await first, await second));
    }

    [Fact]
    public async Task A_load_that_fails_lets_the_next_one_try()
    {
        var (a, b) = (Service(_nodes.Add()), Service(_nodes.Add()));
        var source = new TaskCompletionSource<string>();
        var first = a.GetAsync(7, async _ => await source.Task);
        await _nodes.UntilAsync(() => a.Loads == 1, Step);
        var second = b.GetAsync(7, _ => new("value"));
        source.SetException(new IOException("the source is down"));
        await _nodes.UntilAsync(() => first.IsCompleted && second.IsCompleted, Step);
        await Assert.ThrowsAsync<IOException>(() => first);
        Assert.Equal("value", await second);
    }

    [Fact]
    public async Task While_the_backend_is_away_each_process_loads_once_for_itself()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.GetAsync("warm", "up");
        await b.GetAsync("warm", "up");
        (a.Connection.Fault, b.Connection.Fault) = (Fault.Refused, Fault.Refused);
        var (first, second) = (Service(a), Service(b));
        var callers = Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? first : second).GetAsync(7, "value")).ToList();
        var all = Task.WhenAll(callers);
        await _nodes.UntilAsync(() => all.IsCompleted, Step);
        Assert.Equal((1, 1), (first.Loads, second.Loads));
    }

    [Fact]
    public async Task Without_tasks_one_process_loads_as_well()
    {
        var (a, b) = (Service(_nodes.Add()), Service(_nodes.Add()));
        using var release = new ManualResetEventSlim();
        var first = Task.Run(() => a.Get(7, () =>
        {
            release.Wait();
            return "value";
        }));
        await _nodes.UntilAsync(() => a.Loads == 1, Step);
        var second = Task.Run(() => b.Get(7, () => "never"));
        release.Set();
        await _nodes.UntilAsync(() => first.IsCompleted && second.IsCompleted, Step);
        Assert.Equal(("value", "value"), (await first, await second));
        Assert.Equal(0, b.Loads);
    }

    [Fact]
    public async Task Nobody_waits_for_a_lock_who_can_be_served_while_another_process_refreshes()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        CachePolicy policy = new() { Ttl = 10, StaleWhileRevalidate = 20, DistributedLock = true };
        var (first, second) = (new WatchedMethod(a.Cache, policy), new WatchedMethod(b.Cache, policy));
        await first.GetAsync(1, "v1");
        await first.WhenIdleAsync();
        await b.GetAsync("warm", "up");
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.NotNull(await _nodes.Store.TryLockAsync("server:1", TimeSpan.FromSeconds(60), BackendCall.Async()));
        var caller = second.GetAsync(1, "v2");
        Assert.Equal("v1", await caller.WaitAsync(TimeSpan.FromSeconds(30))); // the clock stands still: who waited for the lock would wait for ever
    }

    [Fact]
    public async Task A_refresh_ahead_of_time_is_one_load_in_all_processes()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        CachePolicy policy = new() { Ttl = 100, RefreshAhead = 0.5, DistributedLock = true };
        var (first, second) = (new WatchedMethod(a.Cache, policy), new WatchedMethod(b.Cache, policy));
        await first.GetAsync(1, "v1");
        await first.WhenIdleAsync();
        Assert.Equal("v1", await second.GetAsync(1, "never"));
        _nodes.Time.Advance(TimeSpan.FromSeconds(60));
        long now = Microseconds.Of(_nodes.Time.GetUtcNow());
        await _nodes.UntilAsync(() => Math.Min(a.Cache.Log.Head, b.Cache.Log.Head) >> InvalidationLog.ExtraBits >= now, Step);
        TaskCompletionSource<string> source = new();
        TaskCompletionSource started = new();
        Assert.Equal("v1", await first.GetAsync(1, _ =>
        {
            started.SetResult();
            return new(source.Task);
        }));
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));

        int loads = 0;
        Assert.Equal("v1", await second.GetAsync(1, _ =>
        {
            loads++;
            return new("v2");
        }));
        for (int i = 0; i < 1000 && second.Region.Loading > 0; i++)
            await Task.Yield();
        source.SetResult("v2");
        await _nodes.UntilAsync(() => second.Region.Loading == 0, Step);
        Assert.Equal("v2", await second.GetAsync(1, "never"));
        Assert.Equal(0, loads);
    }

    private static TestMethod<string> Service(Node node) => new(node.Cache, Locked, serializer: true);
}
