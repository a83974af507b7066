using CachedAttr;
using CachedAttr.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the <c>Cache-Status</c> header.</summary>
public static class CacheStatusApplicationBuilderExtensions
{
    /// <summary>
    /// Tells in the response header <c>Cache-Status</c> (RFC 9211) how the cached calls of a request were answered: hit or miss, what is left of the time to
    /// live, the method and the tier; of at most 20 calls. Put it in front of what is to be seen.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="withKeys">Whether keys are told as well, their first 40 characters; <see langword="false"/> by default, because clients see them.</param>
    /// <returns>The application.</returns>
    /// <remarks>While requests are observed, hits take some 30 ns longer.</remarks>
    public static IApplicationBuilder UseCacheStatusHeader(this IApplicationBuilder app, bool withKeys = false)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(async (context, next) =>
        {
            using var seen = CacheScope.Observe();
            context.Response.OnStarting(() =>
            {
                if (CacheStatusHeader.Format(seen.Calls, withKeys) is { } header)
                    context.Response.Headers.Append("Cache-Status", header);
                return Task.CompletedTask;
            });
            await next(context).ConfigureAwait(false);
        });
    }
}
