using System.Globalization;
using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>What the servers say of themselves (INFO, DBSIZE), and the length of the log.</summary>
internal static class RedisStatus
{
    private static readonly string[] Details = ["role", "redis_mode", "os", "evicted_keys", "rdb_last_bgsave_status", "loading", "connected_slaves"];

    public static async ValueTask<BackendStatus> ReadAsync(RedisConnection connection, IDatabase database, RedisKeys keys, BackendCall call)
    {
        var masters = connection.Multiplexer is { } multiplexer ? RedisScan.Masters(multiplexer).ToList() : [];
        var infos = new List<Dictionary<string, string>>();
        long entries = 0, records = 0;
        foreach (var master in masters)
        {
            if (await InfoAsync(master, call).ConfigureAwait(false) is { } info)
                infos.Add(Fields(info));
            entries += await call.DoAsync((master, database.Database), static it => it.master.DatabaseSize(it.Database), static it => it.master.DatabaseSizeAsync(it.Database)).ConfigureAwait(false);
        }

        // Not of every server, because the application's multiplexer is not in admin mode: then of the one that the client chooses.
        if (infos.Count == 0)
            infos.Add(Fields((string)(await call.DoAsync(database, static it => it.Execute("INFO"), static it => it.ExecuteAsync("INFO")).ConfigureAwait(false))!));
        foreach (var set in keys.Log[1..3])
            records += await call.DoAsync((database, set), static it => it.database.SortedSetLength(it.set), static it => it.database.SortedSetLengthAsync(it.set)).ConfigureAwait(false);
        return Read(infos) with { Location = connection.Description, LogRecords = records, Entries = entries };
    }

    /// <summary>Sums over the servers what can be summed; of the rest, what the first says.</summary>
    public static BackendStatus Read(IReadOnlyList<Dictionary<string, string>> servers)
    {
        var first = servers[0];
        var details = first.Where(static field => Details.Contains(field.Key)).ToDictionary(StringComparer.Ordinal);
        details["masters"] = servers.Count.ToString(CultureInfo.InvariantCulture);
        return new BackendStatus
        {
            Backend = "redis",
            Version = first.GetValueOrDefault("redis_version"),
            Uptime = servers.Min(static server => Number(server, "uptime_in_seconds")) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            UsedBytes = servers.Sum(static server => Number(server, "used_memory")),
            MaxBytes = servers.Sum(static server => Number(server, "maxmemory")) is > 0 and var max ? max : null,
            Clients = (int?)servers.Sum(static server => Number(server, "connected_clients")),
            EvictionPolicy = first.GetValueOrDefault("maxmemory_policy"),
            Details = details,
        };
    }

    /// <summary>The lines of INFO, by name.</summary>
    public static Dictionary<string, string> Fields(string info)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in info.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
                fields[line[..colon]] = line[(colon + 1)..];
        }

        return fields;
    }

    private static async ValueTask<string?> InfoAsync(IServer server, BackendCall call)
    {
        try
        {
            return await call.DoAsync(server, static it => it.InfoRaw(), static it => it.InfoRawAsync()).ConfigureAwait(false);
        }
        catch (RedisCommandException)
        {
            return null; // not in admin mode
        }
    }

    private static long? Number(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;
}
