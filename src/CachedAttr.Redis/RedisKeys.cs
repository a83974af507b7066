using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>The names under which everything is in Redis. What is not an entry begins with a brace, which makes a hash tag of the prefix: the log is in one slot.</summary>
internal sealed class RedisKeys(string prefix)
{
    private readonly string _others = "{" + prefix + "#";

    /// <summary>What entries begin with.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>The log: its numbers, its patterns and tags, its exact keys, and where it ends.</summary>
    public RedisKey[] Log { get; } = [$"{{{prefix}#log}}:meta", $"{{{prefix}#log}}:patterns", $"{{{prefix}#log}}:keys", $"{{{prefix}#log}}:head"];

    /// <summary>The log's numbers.</summary>
    public RedisKey LogMeta => Log[0];

    /// <summary>The log's exact keys.</summary>
    public RedisKey LogKeys => Log[2];

    /// <summary>Where the log ends: the numbers that say whether anything was appended, beside an entry in one command.</summary>
    public RedisKey LogHead => Log[3];

    /// <summary>Where new records are published.</summary>
    public string Channel { get; } = $"{{{prefix}#log}}:appended";

    /// <summary>An entry.</summary>
    public RedisKey Entry(string key) => BackendKey.Of(Prefix, key);

    /// <summary>A lock.</summary>
    public RedisKey Lock(string name) => $"{{{Prefix}#lock}}:{name}";

    /// <summary>The cache's key of an entry that a scan has found; null for what is not one.</summary>
    public string? KeyOf(string found) =>
        found.StartsWith(Prefix, StringComparison.Ordinal) && !found.StartsWith(_others, StringComparison.Ordinal) ? found[Prefix.Length..] : null;
}
