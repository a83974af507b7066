using System.Globalization;
using CachedAttr.Keys;
using CachedAttr.Telemetry;
using Microsoft.AspNetCore.Http;

namespace CachedAttr.AspNetCore;

/// <summary>The endpoints that only read.</summary>
internal sealed class ReadingEndpoints(Cache cache, CacheEndpointOptions options, NodeRoster? nodes)
{
    /// <summary>Patterns and keys that are longer are refused.</summary>
    public const int MaxPatternLength = 1000;

    private const int DefaultKeys = 50;
    private const int MaxKeys = 1000;

    private static readonly TimeSpan SearchLimit = TimeSpan.FromSeconds(5);

    private readonly Lazy<GraphJson> _graph = new(static () => GraphJson.Of(InvalidationGraph.OfProgram()));

    public Task StatusAsync(HttpContext context) => Answer.JsonAsync(context, StatusJson.Of(cache.GetStatus(), nodes), PagesJsonContext.Default.StatusJson);

    public Task MethodsAsync(HttpContext context) =>
        Answer.JsonAsync(context, [.. cache.GetStatus().Methods.Select(MethodJson.Of)], PagesJsonContext.Default.MethodJsonArray);

    public Task GraphAsync(HttpContext context) => Answer.JsonAsync(context, _graph.Value, PagesJsonContext.Default.GraphJson);

    public async Task HealthAsync(HttpContext context)
    {
        var health = await cache.CheckHealthAsync(context.RequestAborted);
        if (health.Status == CacheHealthStatus.Unhealthy)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await Answer.JsonAsync(context, HealthJson.Of(health), PagesJsonContext.Default.HealthJson);
    }

    public async Task KeysAsync(HttpContext context)
    {
        string pattern = context.Request.Query["pattern"].ToString() is { Length: > 0 } given ? given : "*";
        if (!TryParse(pattern, out string? why))
        {
            await Answer.RefuseAsync(context, StatusCodes.Status400BadRequest, why);
            return;
        }

        int take = int.TryParse(context.Request.Query["take"], CultureInfo.InvariantCulture, out int wanted) ? Math.Clamp(wanted, 1, MaxKeys) : DefaultKeys;
        var keys = new List<string>();
        bool hasMore = false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(SearchLimit);
        try
        {
            await foreach (string key in cache.KeysAsync(pattern, limit.Token))
            {
                hasMore = keys.Count == take;
                if (hasMore)
                    break;
                keys.Add(key);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            hasMore = true; // what was found in time
        }

        await Answer.JsonAsync(context, new KeysJson(pattern, keys, hasMore), PagesJsonContext.Default.KeysJson);
    }

    public async Task EntryAsync(HttpContext context)
    {
        string key = context.Request.Query["key"].ToString();
        if (key.Length is 0 or > MaxPatternLength)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status400BadRequest, $"A key has 1 to {MaxPatternLength} characters; this one has {key.Length}.");
            return;
        }

        if (await cache.DescribeAsync(key, options.ShowValues, context.RequestAborted) is { } entry)
            await Answer.JsonAsync(context, EntryJsonModel.Of(entry, options.ShowValues), PagesJsonContext.Default.EntryJsonModel);
        else
            await Answer.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no valid entry under this key.");
    }

    /// <summary>Whether a pattern can be used.</summary>
    public static bool TryParse(string pattern, out string why)
    {
        why = "";
        if (pattern.Length is 0 or > MaxPatternLength)
            why = $"A pattern has 1 to {MaxPatternLength} characters; this one has {pattern.Length}.";
        else if (!KeyPattern.TryParse(pattern, out _, out var error))
            why = error;
        return why.Length == 0;
    }
}
