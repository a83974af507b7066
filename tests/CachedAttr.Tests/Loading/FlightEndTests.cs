using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Tests.Coherence;

namespace CachedAttr.Tests.Loading;

/// <summary>Who leaves a load takes nobody else with him, and leaves nothing behind.</summary>
public sealed class FlightEndTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Nodes _nodes = new();

    [Fact]
    public async Task With_strict_coherence_a_caller_that_leaves_ends_only_its_own_wait()
    {
        var node = _nodes.Add(options => options.Coherence = CacheCoherence.Strict);
        var method = new WatchedMethod(node.Cache, new() { Ttl = 600 });
        await node.GetAsync("warm", "up");
        TaskCompletionSource gate = new();
        node.Connection.Delay = () => gate.Task;
        using var impatient = new CancellationTokenSource();
        var first = method.GetAsync(1, _ => new("v"), impatient.Token);
        var second = method.GetAsync(1, _ => new("v"));
        while (method.Region.Telemetry.Joined == 0)
            await Task.Yield();

        node.Connection.Delay = null;
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal("v", await second.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_caller_that_leaves_while_the_backend_is_asked_again_leaves_no_lock()
    {
        var node = _nodes.Add();
        var method = new WatchedMethod(node.Cache, new() { Ttl = 600, DistributedLock = true });
        await node.GetAsync("warm", "up");
        int asked = 0;
        TaskCompletionSource second = new();
        node.Connection.Delay = () =>
        {
            if (++asked < 2)
                return Task.CompletedTask;
            second.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        using var impatient = new CancellationTokenSource();
        var caller = method.GetAsync(1, _ => new("v"), impatient.Token);
        await second.Task.WaitAsync(Limit);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        await method.WhenIdleAsync();
        for (int i = 0; i < 1000; i++)
            await Task.Yield();
        Assert.NotNull(await _nodes.Store.TryLockAsync("server:1", TimeSpan.FromSeconds(5), BackendCall.Async()));
    }

    [Fact]
    public async Task A_load_that_fails_after_its_callers_were_served_troubles_nobody()
    {
        int unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, ended) =>
        {
            if (ended.Exception.InnerException is FileNotFoundException)
                Interlocked.Increment(ref unobserved);
        };
        TaskScheduler.UnobservedTaskException += count;
        try
        {
            await FailLateAsync();
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task FailLateAsync()
    {
        var node = _nodes.Add(options => options.HeartbeatInterval = 1_000_000); // the only timer is the caller's
        var method = new WatchedMethod(node.Cache, new() { Ttl = 10, StaleIfError = 60, SoftTimeout = 1 });
        await method.GetAsync(1, "v");
        await method.WhenIdleAsync();
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        var source = new TaskCompletionSource<string>();
        TaskCompletionSource started = new();
        var caller = method.GetAsync(1, _ =>
        {
            started.SetResult();
            return new(source.Task);
        });
        await started.Task.WaitAsync(Limit);
        while (_nodes.Time.DueWithin(TimeSpan.FromSeconds(1)) == 0)
            await Task.Yield();
        _nodes.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("v", await caller.WaitAsync(Limit));
        _nodes.Time.Advance(TimeSpan.FromSeconds(100)); // the stale value is of no use any more
        source.SetException(new FileNotFoundException("gone"));
        await method.WhenIdleAsync();
        for (int i = 0; i < 100; i++)
            await Task.Yield();
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
