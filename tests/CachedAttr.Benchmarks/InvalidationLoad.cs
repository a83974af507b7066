using System.Diagnostics;
using System.Globalization;
using CachedAttr.Redis;
using CachedAttr.Redis.Tests;
using StackExchange.Redis;

namespace CachedAttr.Benchmarks;

/// <summary>
/// <c>invalidation-load [seconds] [per second]</c>: one process invalidates keys and patterns over Redis, another follows; what both and the server need is printed.
/// </summary>
internal static class InvalidationLoad
{
    private const int Senders = 64;

    public static async Task RunAsync(string[] arguments)
    {
        int seconds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 60;
        int perSecond = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 10_000;
        await using var server = await RedisServer.StartAsync();
        await using var sender = Node(server);
        await using var follower = Node(server);
        await sender.SetAsync("warm", "up");
        await follower.GetAsync<string>("warm");

        var clock = Stopwatch.StartNew();
        long sent = 0;
        var senders = Enumerable.Range(0, Senders).Select(sender_ => Task.Run(async () =>
        {
            for (long i = sender_; clock.Elapsed.TotalSeconds < seconds; i += Senders)
            {
                // One in ten is a pattern; all are different, which is the worst case.
                await sender.InvalidateAsync(i % 10 == 0 ? $"user:{i}:*" : $"user:{i}:profile");
                long total = Interlocked.Increment(ref sent);
                if (total > clock.Elapsed.TotalSeconds * perSecond)
                    await Task.Delay(5);
            }
        })).ToList();
        var all = Task.WhenAll(senders);
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(Math.Max(1, seconds / 6))));
            await PrintAsync(clock.Elapsed, Interlocked.Read(ref sent), sender, follower);
        }

        await all;
        await follower.InvalidateAsync("last:*");
        await PrintAsync(clock.Elapsed, sent, sender, follower);
    }

    private static Cache Node(RedisServer server) => Cache.Create(options =>
        options.BackendFactory = settings => new RedisBackend(settings, ConnectionMultiplexer.Connect(server.EndPoint)));

    private static async Task PrintAsync(TimeSpan elapsed, long sent, Cache sender, Cache follower)
    {
        var status = await sender.Backend!.Backend.GetStatusAsync(Backends.BackendCall.Async());
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        long lag = sender.Backend.Follower.Position.Sequence - follower.Backend!.Follower.Position.Sequence;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds,5:F0} s: {sent,8} invalidations, log {status.LogRecords,7} records, Redis {status.UsedBytes / 1048576.0,6:F1} MB, both nodes' heap {heap / 1048576.0,6:F1} MB, patterns remembered {sender.Log.Count}, follower behind {lag / 1000.0:F1} ms"));
    }
}
