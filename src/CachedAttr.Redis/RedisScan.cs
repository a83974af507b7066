using System.Runtime.CompilerServices;
using System.Text;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Goes through the keys of all masters, without blocking them.</summary>
internal static class RedisScan
{
    private const int PageSize = 1000;

    /// <summary>Keys that begin with a text, in batches.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<string>> BatchesAsync(RedisConnection connection, string beginning, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var multiplexer = connection.Multiplexer ?? throw new InvalidOperationException("The connection has not been opened.");
        int database = multiplexer.GetDatabase().Database;
        foreach (var endPoint in multiplexer.GetEndPoints())
        {
            var server = multiplexer.GetServer(endPoint);
            if (!server.IsConnected || server.IsSlave)
                continue;

            // The client waits for each page on the thread that asks for it.
            using var keys = server.Keys(database, Escape(beginning) + "*", PageSize).GetEnumerator();
            while (await Task.Run(() => Next(keys), cancellationToken).ConfigureAwait(false) is { Count: > 0 } batch)
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

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '\\' or '^')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
