using System.Globalization;
using CachedAttr.Backends;

namespace CachedAttr.Redis;

/// <summary>Reads what INFO says.</summary>
internal static class RedisStatus
{
    public static BackendStatus Read(string info, int database)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in info.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
                fields[line[..colon]] = line[(colon + 1)..];
        }

        return new BackendStatus
        {
            Backend = "redis",
            Version = fields.GetValueOrDefault("redis_version"),
            Uptime = Number(fields, "uptime_in_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            UsedBytes = Number(fields, "used_memory"),
            MaxBytes = Number(fields, "maxmemory") is > 0 and var max ? max : null,
            Clients = (int?)Number(fields, "connected_clients"),
            Entries = Keys(fields.GetValueOrDefault(FormattableString.Invariant($"db{database}"))),
            EvictionPolicy = fields.GetValueOrDefault("maxmemory_policy"),
            Details = fields.Where(static field => field.Key is "role" or "redis_mode" or "os" or "evicted_keys" or "rdb_last_bgsave_status" or "loading")
                .ToDictionary(StringComparer.Ordinal),
        };
    }

    // "keys=12,expires=12,avg_ttl=59000": all keys of the database, those of others with it.
    private static long? Keys(string? keyspace) =>
        keyspace is not null && long.TryParse(keyspace.Split(',')[0].Replace("keys=", "", StringComparison.Ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture, out long keys)
            ? keys
            : null;

    private static long? Number(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;
}
