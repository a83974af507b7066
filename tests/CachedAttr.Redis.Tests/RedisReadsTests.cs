using System.Diagnostics;
using System.Text;
using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis.Tests;

/// <summary>Reads at the same time share a command, and each gets its own entry.</summary>
public sealed class RedisReadsTests
{
    private static readonly BackendCall Call = BackendCall.Async();

    [Fact]
    public async Task Many_at_once_are_few_commands_and_each_gets_its_own()
    {
        await using var server = await RedisServer.StartAsync();
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(server.EndPoint + ",allowAdmin=true");
        await using var backend = new RedisBackend(new() { KeyPrefix = "p:" }, multiplexer);
        const int Count = 1000;
        for (int i = 0; i < Count; i += 2)
            await multiplexer.GetDatabase().StringSetAsync($"p:k{i}", $"value {i}");

        long before = await CommandsAsync(multiplexer);
        var reads = Enumerable.Range(0, Count).Select(i => backend.GetAsync(FormattableString.Invariant($"k{i}"), Call).AsTask()).ToList();
        var found = await Task.WhenAll(reads);
        long commands = await CommandsAsync(multiplexer) - before;

        for (int i = 0; i < Count; i++)
            Assert.Equal(i % 2 == 0 ? $"value {i}" : null, found[i] is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null);
        Assert.InRange(commands, Count / RedisReads.Largest, Count / 2);
    }

    [Fact]
    public async Task One_after_the_other_none_waits_and_what_was_written_before_is_read()
    {
        await using var server = await RedisServer.StartAsync();
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(server.EndPoint);
        await using var backend = new RedisBackend(new(), multiplexer);
        var database = multiplexer.GetDatabase();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            string key = FormattableString.Invariant($"w{worker}");
            for (int i = 0; i < 500; i++)
            {
                await database.StringSetAsync(key, i);
                Assert.Equal(FormattableString.Invariant($"{i}"), Encoding.UTF8.GetString((await backend.GetAsync(key, Call))!.Value.Span));
            }
        })));
    }

    [Fact]
    public async Task Whoever_gives_up_and_whatever_fails_leaves_the_way_free()
    {
        await using var server = await RedisServer.StartAsync();
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(server.EndPoint);
        await using var backend = new RedisBackend(new(), multiplexer);
        await multiplexer.GetDatabase().StringSetAsync("k", "value");
        using var cancellation = new CancellationTokenSource();
        var reads = Enumerable.Range(0, 500).Select(i => backend.GetAsync("k", BackendCall.Async(i % 3 == 0 ? cancellation.Token : default)).AsTask()).ToList();
        await cancellation.CancelAsync();
        for (int i = 0; i < reads.Count; i++)
        {
            // Cancelled, or there already.
            await Task.WhenAny(reads[i]);
            Assert.True(reads[i].IsCompletedSuccessfully || (i % 3 == 0 && reads[i].IsCanceled));
        }

        server.Kill();
        var failing = Enumerable.Range(0, 200).Select(_ => backend.GetAsync("k", Call).AsTask()).ToList();
        foreach (var read in failing)
            await Assert.ThrowsAsync<CacheBackendException>(() => read);
        await server.StartAgainAsync();
        for (var clock = Stopwatch.StartNew(); !await ReadsAsync(backend); await Task.Delay(20))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => backend.GetAsync("k", Call).AsTask()));
    }

    private static async Task<bool> ReadsAsync(RedisBackend backend)
    {
        try
        {
            await backend.GetAsync("k", Call);
            return true;
        }
        catch (CacheBackendException)
        {
            return false;
        }
    }

    private static async Task<long> CommandsAsync(ConnectionMultiplexer multiplexer)
    {
        var stats = await multiplexer.GetServer(multiplexer.GetEndPoints()[0]).InfoAsync("stats");
        return long.Parse(stats.SelectMany(static group => group).First(static pair => pair.Key == "total_commands_processed").Value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
