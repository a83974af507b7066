using System.Net.Sockets;
using System.Security.Authentication;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>What an answer or an exception means, and which setting to look at.</summary>
internal static class RedisFault
{
    // The beginning of the server's answer; what it says to whoever set it up.
    private static readonly (string Answer, string Meaning)[] Answers =
    [
        ("WRONGPASS", "Redis refuses the user name or the password: look at CachedAttr:Redis:User and CachedAttr:Redis:Password, or at both in CachedAttr:Redis:Connection"),
        ("NOAUTH", "Redis asks for a password, and none or a wrong one is configured: set CachedAttr:Redis:Password, or redis://:password@host in CachedAttr:Redis:Connection"),
        ("NOPERM", "Redis does not allow this to the user: give CachedAttr:Redis:User the rights that docs/redis.md lists (ACL SETUSER)"),
        ("OOM", "Redis is full and evicts nothing: raise maxmemory on the server, or set maxmemory-policy to allkeys-lru"),
        ("READONLY", "the server is a read-only replica: CachedAttr:Redis:Connection has to name the master, or the sentinels with ?sentinel=NAME"),
        ("LOADING", "Redis is loading its data and will answer when it has finished; nothing has to be done"),
        ("MASTERDOWN", "the server is a replica that has lost its master: CachedAttr:Redis:Connection has to name the master, or the sentinels with ?sentinel=NAME"),
        ("NOREPLICAS", "Redis has fewer replicas than min-replicas-to-write on the server asks for"),
        ("MISCONF", "Redis cannot save to its disk and refuses to write: look at the server's log, or set stop-writes-on-bgsave-error to no"),
        ("BUSY", "a script of somebody's keeps Redis busy: end it with SCRIPT KILL on the server"),
        ("CLUSTERDOWN", "the cluster does not serve all of its slots: look at CLUSTER INFO on its nodes"),
        ("CROSSSLOT", "the server is a cluster behind one end point, which cannot run scripts: use the cluster policy that shows the nodes (OSS), and name them in CachedAttr:Redis:Connection"),
        ("NOPROTO", "the server does not speak this client's protocol: Redis 6 or later is needed"),
        ("unknown command", "the server lacks a command, or has it renamed: Redis 6 or later is needed, with EVALSHA, UNLINK and PUBLISH"),
        ("unknown subcommand", "the server lacks a command: Redis 6 or later is needed"),
    ];

    /// <summary>Whether an exception is of the client, and says that Redis is in trouble.</summary>
    public static bool IsFault(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or SocketException or IOException or ObjectDisposedException or AuthenticationException;

    /// <summary>What a text from the server means; null for what needs no explanation or has none.</summary>
    public static string? Meaning(string answer)
    {
        foreach (var (known, meaning) in Answers)
        {
            if (answer.Contains(known, StringComparison.Ordinal))
                return $"{meaning} ({Short(answer)})";
        }

        return null;
    }

    /// <summary>What an exception of the client means, by itself.</summary>
    public static string Meaning(Exception exception)
    {
        return MeaningWithin(exception) ?? exception switch
        {
            TimeoutException => "it did not answer in time (CachedAttr:Redis:CommandTimeout)",
            RedisServerException => $"Redis answers: {Short(exception.Message)}",
            RedisConnectionException => "it cannot be reached, or the connection was lost",
            ObjectDisposedException => "the connection has been closed",
            _ => Short(exception.Message),
        };
    }

    // The innermost is nearest to what the server has said.
    private static string? MeaningWithin(Exception? exception) => exception is null ? null : MeaningWithin(exception.InnerException) ?? Meaning(exception.Message);

    // The client's messages go on with its inner state, after a semicolon.
    private static string Short(string message)
    {
        int end = message.IndexOf(';', StringComparison.Ordinal);
        string text = end > 0 ? message[..end] : message;
        return text.Length <= 200 ? text : text[..200] + "…";
    }
}
