using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CachedAttr.AspNetCore;

/// <summary>Sends the status as server-sent events: all methods at first, and then those whose numbers have changed.</summary>
internal sealed class StatusStream(Cache cache, CacheEndpointOptions options, NodeRoster? nodes, CancellationToken stopping)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private int _open;

    public async Task WriteAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _open) > options.MaxStreams)
        {
            Interlocked.Decrement(ref _open);
            await Answer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, FormattableString.Invariant($"There are {options.MaxStreams} pages open already."));
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep the events until there are many
            await SendAsync(context, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the host ends.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task SendAsync(HttpContext context, CancellationToken ended)
    {
        var interval = options.StreamInterval > ShortestInterval ? options.StreamInterval : ShortestInterval;
        using var timer = new PeriodicTimer(interval);
        var known = new Dictionary<string, MethodJson>(StringComparer.Ordinal);
        do
        {
            var status = StatusJson.Of(cache.GetStatus(), nodes);
            var changed = status.Methods.Where(method => !known.TryGetValue(method.Id, out var last) || last != method).ToList();
            foreach (var method in changed)
                known[method.Id] = method;
            await context.Response.WriteAsync("data: ", ended);
            await JsonSerializer.SerializeAsync(context.Response.Body, status with { Methods = changed }, PagesJsonContext.Default.StatusJson, ended);
            await context.Response.WriteAsync("\n\n", ended);
            await context.Response.Body.FlushAsync(ended);
        }
        while (await timer.WaitForNextTickAsync(ended));
    }
}
