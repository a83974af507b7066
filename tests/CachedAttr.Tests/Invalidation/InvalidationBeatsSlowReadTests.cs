using CachedAttr.Backends;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Invalidation;

/// <summary>An invalidation is carried out between two steps of a read of the backend.</summary>
public sealed class InvalidationBeatsSlowReadTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Nodes _nodes = new();

    [Fact]
    public async Task Who_comes_after_a_tag_was_invalidated_does_not_get_what_was_read_before()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        var method = new WatchedMethod(b.Cache, new() { Ttl = 600 });
        await b.GetAsync("warm", "up");
        _ = new WatchedMethod(a.Cache, new() { Ttl = 600 });
        await a.Cache.SetAsync("server:1", "old", tags: ["tag"]);
        using var gate = Gate(method, out var reached);
        var first = Task.Run(() => method.GetAsync(1, "new"));
        await reached.WaitAsync(Limit);
        await b.Cache.InvalidateTagAsync("tag");
        var second = method.GetAsync(1, "new");
        gate.Set();
        Assert.Equal("new", await second.WaitAsync(Limit));
        await first.WaitAsync(Limit);
        Assert.Equal("new", await method.GetAsync(1, "newer"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_asked_for_too_long_ago_or_of_another_log_is_not_kept(bool isOtherLog)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        var method = new WatchedMethod(b.Cache, new() { Ttl = 600 });
        await b.GetAsync("warm", "up");
        _ = new WatchedMethod(a.Cache, new() { Ttl = 600 });
        await a.Cache.SetAsync("server:1", "old");
        using var gate = Gate(method, out var reached);
        var slow = Task.Run(async () => await b.Cache.GetAsync<string>("server:1"));
        await reached.WaitAsync(Limit);
        if (isOtherLog)
        {
            var follower = b.Cache.Backend!.Follower;
            await follower.TakeInAsync(new LogPage { Epoch = follower.Epoch + 1, After = 1, UpTo = 1, Records = [] }, follower.Ask(), BackendCall.Async());
        }
        else
        {
            await b.Cache.RemoveAsync("server:1");
            _nodes.Time.Advance(TimeSpan.FromSeconds(90));
            await b.Cache.RemoveAsync("another"); // with which the first is forgotten
        }

        gate.Set();
        await slow.WaitAsync(Limit);
        Assert.Null(method.Region.Describe("server:1", withValue: false));
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    /// <summary>Stops the first read of a value until it is set.</summary>
    private static ManualResetEventSlim Gate(WatchedMethod method, out Task reached)
    {
        var gate = new ManualResetEventSlim();
        var arrived = new TaskCompletionSource();
        method.ValueRead = () =>
        {
            method.ValueRead = null;
            arrived.SetResult();
            gate.Wait(Limit);
        };
        reached = arrived.Task;
        return gate;
    }
}
