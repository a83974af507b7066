using System.Text.Json;
using CachedAttr.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CachedAttr.AspNetCore;

/// <summary>The endpoints that change something: only with the token of a page that the same user has opened.</summary>
internal sealed class ChangingEndpoints(Cache cache, CacheEndpointOptions options, RequestToken token, ILogger logger)
{
    private const int MaxBody = 16 * 1024;

    public static Task TokenAsync(HttpContext context, RequestToken token) =>
        Answer.JsonAsync(context, new TokenJson(RequestToken.HeaderName, token.Issue(context)), PagesJsonContext.Default.TokenJson);

    public Task InvalidateAsync(HttpContext context) => ChangeAsync(context, "invalidate", async what =>
    {
        if (what.Tag is { Length: > 0 } tag)
            await cache.InvalidateTagAsync(tag);
        else
            await cache.InvalidateAsync(what.Pattern!);
        return null;
    });

    public Task ClearAsync(HttpContext context) =>
        ChangeAsync(context, "clear", async what => await cache.ClearAsync(what.Pattern!, context.RequestAborted));

    private async Task ChangeAsync(HttpContext context, string action, Func<ChangeJson, Task<long?>> change)
    {
        if (!options.AllowChanges)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status403Forbidden, "Changes are switched off (CacheEndpointOptions.AllowChanges).");
            return;
        }

        if (!token.IsValid(context))
        {
            await Answer.RefuseAsync(context, StatusCodes.Status400BadRequest, $"The header {RequestToken.HeaderName} is missing or not that of this user; GET …/token gives it.");
            return;
        }

        var (what, why) = await ReadAsync(context);
        if (what is null)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status400BadRequest, why);
            return;
        }

        string text = what.Tag ?? what.Pattern!;
        if (logger.IsEnabled(LogLevel.Information))
            logger.ChangedByHand(context.User.Identity?.Name ?? "Somebody", action, ShortKey.Of(text));
        await Answer.JsonAsync(context, new ChangedJson(text, await change(what)), PagesJsonContext.Default.ChangedJson);
    }

    private static async Task<(ChangeJson? What, string Why)> ReadAsync(HttpContext context)
    {
        // A form of another site cannot have this type without being asked for permission first.
        if (!context.Request.HasJsonContentType())
            return (null, "The body has to be application/json: {\"pattern\": \"server:*\"}.");
        if (context.Request.ContentLength is null or > MaxBody)
            return (null, $"The body has at most {MaxBody} bytes.");
        try
        {
            var what = await JsonSerializer.DeserializeAsync(context.Request.Body, PagesJsonContext.Default.ChangeJson, context.RequestAborted);
            if (what?.Tag is { Length: > 0 and <= ReadingEndpoints.MaxPatternLength })
                return (what, "");
            return what?.Pattern is null ? (null, "A pattern is missing: {\"pattern\": \"server:*\"}.")
                : ReadingEndpoints.TryParse(what.Pattern, out string why) ? (what, "")
                : (null, why);
        }
        catch (JsonException)
        {
            return (null, "The body is not JSON.");
        }
    }
}
