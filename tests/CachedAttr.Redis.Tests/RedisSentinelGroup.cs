using System.Diagnostics;
using System.Globalization;

namespace CachedAttr.Redis.Tests;

/// <summary>A master, a replica, and three sentinels that watch them.</summary>
public sealed class RedisSentinelGroup : IAsyncLifetime
{
    public RedisServer Master { get; private set; } = null!;

    public RedisServer Replica { get; private set; } = null!;

    public IReadOnlyList<RedisServer> Sentinels { get; private set; } = [];

    public string Connection => $"redis://{string.Join(',', Sentinels.Select(sentinel => sentinel.EndPoint))}/0?sentinel=mymaster";

    public async Task InitializeAsync()
    {
        Master = await RedisServer.StartAsync(null, "--repl-diskless-sync-delay", "0");
        string port = Master.Port.ToString(CultureInfo.InvariantCulture);
        Replica = await RedisServer.StartAsync(null, "--replicaof", "127.0.0.1 " + port, "--repl-diskless-sync-delay", "0");
        string configuration = $"""
            sentinel monitor mymaster 127.0.0.1 {port} 2
            sentinel down-after-milliseconds mymaster 1000
            sentinel failover-timeout mymaster 5000

            """;
        Sentinels = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RedisServer.StartSentinelAsync(configuration)));
        await UntilAsync(Replica, ["INFO", "replication"], "master_link_status:up");
        foreach (var sentinel in Sentinels)
            await UntilAsync(sentinel, ["INFO", "sentinel"], "status=ok", "slaves=1,sentinels=3");
    }

    public async Task DisposeAsync()
    {
        foreach (var server in Sentinels.Append(Replica).Append(Master))
            await server.DisposeAsync();
    }

    /// <summary>Waits until the answer to a command has some texts in it.</summary>
    public static async Task UntilAsync(RedisServer server, string[] command, params string[] expected)
    {
        var limit = Stopwatch.StartNew();
        while (await server.CommandAsync(command) is var answer && !expected.All(text => answer.Contains(text, StringComparison.Ordinal)))
        {
            if (limit.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException("Not within 30 s: " + answer);
            await Task.Delay(50);
        }
    }
}
