using System.Diagnostics;
using System.Globalization;

namespace CachedAttr.Redis.Tests;

/// <summary>A cluster of three masters.</summary>
public sealed class RedisCluster : IAsyncLifetime
{
    private const int Slots = 16384;

    public IReadOnlyList<RedisServer> Servers { get; private set; } = [];

    public string EndPoints => string.Join(',', Servers.Select(server => server.EndPoint));

    public async Task InitializeAsync()
    {
        string[] arguments = ["--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-node-timeout", "2000"];
        Servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RedisServer.StartAsync(null, arguments)));
        for (int i = 0; i < Servers.Count; i++)
        {
            await Servers[i].CommandAsync("CLUSTER", "ADDSLOTSRANGE", Text(Slots * i / 3), Text((Slots * (i + 1) / 3) - 1));
            await Servers[i].CommandAsync("CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
        }

        foreach (var other in Servers.Skip(1))
            await Servers[0].CommandAsync("CLUSTER", "MEET", "127.0.0.1", Text(other.Port));
        var limit = Stopwatch.StartNew();
        foreach (var server in Servers)
        {
            while (await server.CommandAsync("CLUSTER", "INFO") is var info && !(info.Contains("cluster_state:ok") && info.Contains("cluster_known_nodes:3")))
            {
                if (limit.Elapsed > TimeSpan.FromSeconds(30))
                    throw new TimeoutException("The cluster does not come together: " + info);
                await Task.Delay(50);
            }
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
