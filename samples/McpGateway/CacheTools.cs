using System.ComponentModel;
using CachedAttr;
using CachedAttr.Telemetry;
using ModelContextProtocol.Server;

namespace McpGateway;

/// <summary>The gateway's cache as an assistant sees it.</summary>
[McpServerToolType]
internal sealed class CacheTools(Cache cache)
{
    [McpServerTool(Name = "cache_status", ReadOnly = true), Description("How well the gateway's cache works: hits, misses, entries and load times by method, the backend, the last invalidations.")]
    public async Task<CacheReport> Status(CancellationToken cancellationToken)
    {
        var health = await cache.CheckHealthAsync(cancellationToken);
        var status = await cache.GetStatusAsync(cancellationToken);
        return new(
            health.Status.ToString(), health.Description, status.HitRatio, status.Entries, Math.Round(status.TimeSaved.TotalSeconds, 3),
            [.. status.Methods.Select(static method => new MethodReport(
                method.Name, method.Template, method.Ttl.TotalSeconds, method.Hits, method.Misses, method.Entries, method.LoadP50?.TotalMilliseconds, method.LoadP99?.TotalMilliseconds))],
            [.. status.Invalidations.Take(10).Select(static one => $"{one.At:O} {one.Kind} {one.Text}")]);
    }

    [McpServerTool(Name = "clear_cache", Destructive = true, Idempotent = true), Description("Removes what a pattern matches from the gateway's cache, so that it is asked for again. Without a pattern: everything.")]
    public async Task<string> Clear([Description("A glob such as gateway:tools:*.")] string pattern = "*", CancellationToken cancellationToken = default)
    {
        try
        {
            long removed = await cache.ClearAsync(pattern, cancellationToken);
            return FormattableString.Invariant($"Removed {removed} entries that match '{pattern}'.");
        }
        catch (ArgumentException exception)
        {
            throw new ModelContextProtocol.McpException(exception.Message, exception);
        }
    }
}

/// <summary>The answer of <c>cache_status</c>.</summary>
internal sealed record CacheReport(
    string Health, string Description, double? HitRatio, long Entries, double SecondsSaved, IReadOnlyList<MethodReport> Methods, IReadOnlyList<string> RecentInvalidations);

/// <summary>One cached method of it.</summary>
internal sealed record MethodReport(string Method, string Template, double TtlSeconds, long Hits, long Misses, int Entries, double? LoadP50Milliseconds, double? LoadP99Milliseconds);
