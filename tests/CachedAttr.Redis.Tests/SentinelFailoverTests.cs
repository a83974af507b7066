using System.Diagnostics;
using CachedAttr.Backends;

namespace CachedAttr.Redis.Tests;

/// <summary>The master is another one: after a crash, and on purpose.</summary>
public sealed class SentinelFailoverTests(RedisSentinelGroup group) : IClassFixture<RedisSentinelGroup>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task The_connection_follows_the_master_and_so_do_watchers()
    {
        await using var backend = SentinelRedisTests.Open(new BackendSettings { KeyPrefix = "failover:" }, group);
        await using var other = SentinelRedisTests.Open(new BackendSettings { KeyPrefix = "failover:" }, group);
        var watcher = new Watcher();
        var before = await backend.InvalidateAsync([new(InvalidationKind.Pattern, "before:*")], LogPosition.None, BackendCall.Async());
        await using var watching = await backend.WatchLogAsync(watcher, CancellationToken.None);
        await RedisSentinelGroup.UntilAsync(group.Replica, ["ZCARD", "{failover:#log}:patterns"], ":1");

        // On purpose, so that both servers live on and only the roles change.
        Assert.StartsWith("+OK", await group.Sentinels[0].CommandAsync("SENTINEL", "FAILOVER", "mymaster"), StringComparison.Ordinal);
        await watcher.Interrupted.WaitAsync(Limit);
        await AppendedAsync(other, "switched:*", watcher);

        // And by a crash of the one that is the master now. The other is its replica by then.
        await RedisSentinelGroup.UntilAsync(group.Master, ["INFO", "replication"], "role:slave", "master_link_status:up");
        foreach (var sentinel in group.Sentinels)
            await RedisSentinelGroup.UntilAsync(sentinel, ["INFO", "sentinel"], "status=ok", $"address={group.Replica.EndPoint}", "slaves=1,sentinels=3");
        group.Replica.Kill();
        await AppendedAsync(other, "crashed:*", watcher);

        var page = await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
        Assert.Equal(before.Epoch, page.Epoch);
        Assert.Equal(["before:*", "switched:*", "crashed:*"], page.Records.Select(static record => record.What.Text));
        Assert.EndsWith($"(now {group.Master.EndPoint})", (await backend.GetStatusAsync(BackendCall.Async())).Location, StringComparison.Ordinal);
    }

    /// <summary>Invalidates, again and again until it works, and waits until the watcher is told of it.</summary>
    private static async Task AppendedAsync(RedisBackend backend, string pattern, Watcher watcher)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var oneCall = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                await backend.InvalidateAsync([new(InvalidationKind.Pattern, pattern)], LogPosition.None, BackendCall.Async(oneCall.Token));
                if (await watcher.ToldAsync(pattern, TimeSpan.FromMilliseconds(200)))
                    return;
            }
            catch (Exception exception) when (exception is CacheBackendException or OperationCanceledException && limit.Elapsed < Limit)
            {
                await Task.Delay(50);
            }

            Assert.True(limit.Elapsed < Limit, "the watcher was not told");
        }
    }

    private sealed class Watcher : ILogWatcher
    {
        private readonly TaskCompletionSource _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HashSet<string> _told = new(StringComparer.Ordinal);
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Interrupted => _interrupted.Task;

        public void OnAppended(LogPage page)
        {
            lock (_told)
            {
                _told.UnionWith(page.Records.Select(static record => record.What.Text));
                _more.TrySetResult();
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void OnInterrupted() => _interrupted.TrySetResult();

        public async Task<bool> ToldAsync(string pattern, TimeSpan limit)
        {
            Task more;
            lock (_told)
            {
                if (_told.Contains(pattern))
                    return true;
                more = _more.Task;
            }

            await Task.WhenAny(more, Task.Delay(limit));
            lock (_told)
                return _told.Contains(pattern);
        }
    }
}
