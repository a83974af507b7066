using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Goes through the keys of all masters, without blocking them.</summary>
internal static class RedisScan
{
    private const int PageSize = 1000;

    /// <summary>The servers that hold the keys: one, or the masters of a cluster.</summary>
    public static IEnumerable<IServer> Masters(IConnectionMultiplexer multiplexer) =>
        multiplexer.GetEndPoints().Select(endPoint => multiplexer.GetServer(endPoint)).Where(static server => server.IsConnected && !server.IsSlave);

    /// <summary>Keys that a glob matches, in batches.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<string>> BatchesAsync(
        RedisConnection connection, int database, string glob, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var masters = connection.Multiplexer is { } multiplexer ? Masters(multiplexer).ToList() : [];
        if (masters.Count == 0)
            throw new CacheBackendException($"No master of {connection.Description} is connected.");
        foreach (var server in masters)
        {
            // The client waits for each page on the thread that asks for it.
            using var keys = server.Keys(database, glob, PageSize).GetEnumerator();
            while (await Task.Run(() => Next(keys), cancellationToken).EndsWithAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } batch)
                yield return batch;
        }
    }

    private static List<string> Next(IEnumerator<RedisKey> keys)
    {
        var batch = new List<string>(PageSize);
        while (batch.Count < PageSize && keys.MoveNext())
            batch.Add(keys.Current!);
        return batch;
    }
}
