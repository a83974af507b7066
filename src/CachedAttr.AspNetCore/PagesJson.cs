using System.Text.Json.Serialization;
using CachedAttr.Telemetry;

namespace CachedAttr.AspNetCore;

// The shapes of the answers. Durations are in seconds, moments in ISO 8601; names are those that the page reads.

/// <summary>The answer of <c>/status</c>.</summary>
internal sealed record StatusJson(
    DateTimeOffset At, double Uptime, bool Enabled, string Prefix, long Hits, long Misses, double? HitRatio, long Entries, double TimeSaved, long TotalInvalidations,
    BackendJson? Backend, IReadOnlyList<NodeJson> Nodes, IReadOnlyList<InvalidationJson> Invalidations, IReadOnlyList<MethodJson> Methods)
{
    private const int MaxInvalidations = 50;

    public static StatusJson Of(CacheStatus status, NodeRoster? nodes) => new(
        status.At, status.Uptime.TotalSeconds, status.IsEnabled, status.KeyPrefix, status.Hits, status.Misses, status.HitRatio, status.Entries,
        status.TimeSaved.TotalSeconds, status.TotalInvalidations,
        status.Backend is { } backend ? BackendJson.Of(backend) : null,
        nodes?.Snapshot() ?? [],
        [.. status.Invalidations.Take(MaxInvalidations).Select(InvalidationJson.Of)],
        [.. status.Methods.Select(MethodJson.Of)]);
}

/// <summary>A method's row.</summary>
internal sealed record MethodJson(
    string Id, string Name, string Template, double Ttl, long Hits, long LocalHits, long BackendHits, long Misses, double? HitRatio, long Joined, long Stale, long Loads, long Failures,
    double? P50, double? P99, int Entries, int Capacity, long Evictions, long Invalidations, long? Bytes, double TimeSaved)
{
    public static MethodJson Of(MethodStatus method) => new(
        method.Name + " " + method.Template, method.Name, method.Template, method.Ttl.TotalSeconds, method.Hits, method.LocalHits, method.BackendHits, method.Misses, method.HitRatio,
        method.Joined, method.StaleServed, method.Loads, method.LoadFailures, method.LoadP50?.TotalSeconds, method.LoadP99?.TotalSeconds,
        method.Entries, method.Capacity, method.Evictions, method.Invalidations, method.Bytes, method.TimeSaved.TotalSeconds);
}

/// <summary>A recent invalidation.</summary>
internal sealed record InvalidationJson(DateTimeOffset At, string Kind, string Text, bool Own, int? Methods)
{
    public static InvalidationJson Of(CacheInvalidation one) => new(one.At, one.Kind.ToString(), one.Text, one.IsOwn, one.Methods);
}

/// <summary>A process that follows the log: how far it was behind when it last said so, and how long ago that was.</summary>
internal sealed record NodeJson(string Name, bool Own, double Lag, double Seen);

/// <summary>The backend as this process sees it.</summary>
internal sealed record BackendJson(string Name, bool InUse, string Breaker, long Errors, int Pending, long Unreadable, long Refused, long LogPosition, double LogLag)
{
    public static BackendJson Of(BackendState state) => new(
        state.Name, state.IsInUse, state.Breaker, state.Errors, state.PendingInvalidations, state.UnreadableEntries, state.RefusedEntries, state.LogPosition, state.LogLag.TotalSeconds);
}

/// <summary>The answer of <c>/health</c>.</summary>
internal sealed record HealthJson(
    string Status, string Description, double? Latency, BackendJson? State, string? Version, string? Location, double? Uptime, long? UsedBytes, long? MaxBytes, int? Clients,
    long? Entries, string? EvictionPolicy, long? LogRecords)
{
    public static HealthJson Of(CacheHealth health) => new(
        health.Status.ToString(), health.Description, health.Latency?.TotalSeconds, health.State is { } state ? BackendJson.Of(state) : null,
        health.Backend?.Version, health.Backend?.Location, health.Backend?.Uptime?.TotalSeconds, health.Backend?.UsedBytes, health.Backend?.MaxBytes, health.Backend?.Clients,
        health.Backend?.Entries, health.Backend?.EvictionPolicy, health.Backend?.LogRecords);
}

/// <summary>The answer of <c>/entry</c>.</summary>
internal sealed record EntryJsonModel(
    string Key, string Method, string Tier, double Age, double? Remaining, long Stamp, long? Size, IReadOnlyList<string> Tags, bool ValueShown, string? Value)
{
    public static EntryJsonModel Of(CacheEntryInfo entry, bool valueShown) => new(
        entry.Key, entry.Method, entry.Tiers.ToString(), entry.Age.TotalSeconds, entry.Remaining?.TotalSeconds, entry.Stamp, entry.Size, entry.Tags, valueShown, entry.Json);
}

/// <summary>The answer of <c>/graph</c>.</summary>
internal sealed record GraphJson(IReadOnlyList<GraphNodeJson> Cached, IReadOnlyList<GraphEdgeJson> Edges)
{
    public static GraphJson Of(InvalidationGraph graph) => new(
        [.. graph.Cached.Select(static method => new GraphNodeJson(method.Type[(method.Type.LastIndexOf('.') + 1)..] + "." + method.Method, method.Template))],
        [.. graph.Edges.Select(static edge => new GraphEdgeJson(edge.By, edge.Pattern, edge.Concerns))]);
}

/// <summary>A cached method of the graph.</summary>
internal sealed record GraphNodeJson(string Name, string Template);

/// <summary>A pattern of the graph.</summary>
internal sealed record GraphEdgeJson(string By, string Pattern, IReadOnlyList<string> Concerns);

/// <summary>The answer of <c>/keys</c>.</summary>
internal sealed record KeysJson(string Pattern, IReadOnlyList<string> Keys, bool HasMore);

/// <summary>The body of posts.</summary>
internal sealed record ChangeJson(string? Pattern, string? Tag);

/// <summary>The answer to posts.</summary>
internal sealed record ChangedJson(string Pattern, long? Removed);

/// <summary>The answer of <c>/token</c>.</summary>
internal sealed record TokenJson(string Header, string Token);

/// <summary>Any refusal.</summary>
internal sealed record ErrorJson(string Error);

/// <summary>Writes and reads them without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(MethodJson[]))]
[JsonSerializable(typeof(NodeRecord[]))]
[JsonSerializable(typeof(GraphJson))]
[JsonSerializable(typeof(KeysJson))]
[JsonSerializable(typeof(EntryJsonModel))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(ChangeJson))]
[JsonSerializable(typeof(ChangedJson))]
[JsonSerializable(typeof(TokenJson))]
[JsonSerializable(typeof(ErrorJson))]
internal sealed partial class PagesJsonContext : JsonSerializerContext;
