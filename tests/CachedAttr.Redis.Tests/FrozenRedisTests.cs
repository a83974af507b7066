using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CachedAttr.Backends;
using CachedAttr.Keys;

namespace CachedAttr.Redis.Tests;

/// <summary>A server that is there and does not answer. The client would wait for it for ever.</summary>
public sealed class FrozenRedisTests
{
    [Fact]
    public async Task Every_call_ends_when_it_is_cancelled()
    {
        await using var server = await RedisServer.StartAsync();
        await using var backend = SingleRedisTests.Open(new BackendSettings { KeyPrefix = "frozen:" }, server.EndPoint);
        var page = await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
        var held = await backend.TryLockAsync("l", TimeSpan.FromSeconds(1), BackendCall.Async());
        byte[] entry = EntryHeader.Tombstone(page.End);
        server.Signal("STOP");
        try
        {
            Func<BackendCall, Task>[] calls =
            [
                call => backend.GetAsync("k", call).AsTask(),
                call => backend.GetManyAsync(["k", "l"], call).AsTask(),
                call => backend.SetAsync("k", entry, TimeSpan.FromMinutes(1), call).AsTask(),
                call => backend.PutAsync("k", entry, TimeSpan.FromMinutes(1), page.End, call).AsTask(),
                call => backend.InvalidateAsync([new(InvalidationKind.Key, "k")], page.End, call).AsTask(),
                call => backend.ReadLogAsync(page.End, call).AsTask(),
                call => backend.RemoveAsync(["k"], call).AsTask(),
                call => backend.GetTimeToLiveAsync("k", call).AsTask(),
                call => backend.IncrementAsync("n", new(1, TimeSpan.FromMinutes(1), page.End, 0), call).AsTask(),
                call => backend.TryLockAsync("other", TimeSpan.FromMinutes(1), call).AsTask(),
                call => held!.RenewAsync(TimeSpan.FromMinutes(1), call).AsTask(),
                call => backend.GetStatusAsync(call).AsTask(),
                call => backend.WatchLogAsync(new Deaf(), call.CancellationToken).AsTask(),
                call => backend.ScanAsync(KeyPattern.Everything, call.CancellationToken).GetAsyncEnumerator(call.CancellationToken).MoveNextAsync().AsTask(),
            ];
            using var cancellation = new CancellationTokenSource();
            var running = calls.Select(call => call(BackendCall.Async(cancellation.Token))).ToList();
            Assert.All(running, static call => Assert.False(call.IsCompleted));
            await cancellation.CancelAsync();
            var all = Task.WhenAll(running.Select(static call => Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)));
            await all.WaitAsync(TimeSpan.FromSeconds(10));
            await held!.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        }
        finally
        {
            server.Signal("CONT");
        }
    }

    [Fact]
    public async Task Without_a_server_calls_fail_soon_and_work_when_it_comes()
    {
        var server = await RedisServer.StartAsync();
        await using var _ = server;
        server.Kill();
        await using var backend = SingleRedisTests.Open(new BackendSettings { KeyPrefix = "late:" }, server.EndPoint, ",connectRetry=1");
        await Assert.ThrowsAnyAsync<Exception>(() => backend.ReadLogAsync(LogPosition.None, BackendCall.Async()).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        await server.StartAgainAsync();
        var limit = Stopwatch.StartNew();
        LogPage? page = null;
        while (page is null)
        {
            try
            {
                page = await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
            }
            catch (CacheBackendException) when (limit.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(50);
            }
        }

        Assert.NotEqual(0, page.Epoch);
    }

    [Fact]
    public async Task A_thread_does_not_wait_longer_for_a_connection_than_for_an_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var backend = RedisBackend.Create(new(), new RedisOptions { Connection = $"redis://{silent.LocalEndpoint}", ConnectTimeout = 100, CommandTimeout = 0.2 });
        var call = Task.Run(() => backend.GetAsync("k", BackendCall.Synchronous).AsTask());
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => call.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("CachedAttr:Redis:CommandTimeout", exception.Message, StringComparison.Ordinal);
    }

    private sealed class Deaf : ILogWatcher
    {
        public void OnAppended(LogPage page)
        {
        }

        public void OnInterrupted()
        {
        }
    }
}
