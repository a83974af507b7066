using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CachedAttr.AspNetCore;

/// <summary>The table of the endpoints.</summary>
internal sealed class CachePages
{
    public CachePages(Cache cache, CacheEndpointOptions options, IServiceProvider services)
    {
        var token = new RequestToken(cache.KeySecret);
        var assets = new DashboardAssets();
        var read = new ReadingEndpoints(cache, options);
        var change = new ChangingEndpoints(cache, options, token, services.GetRequiredService<ILoggerFactory>().CreateLogger("CachedAttr"));
        var stream = new StatusStream(cache, options, services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);
        Routes =
        [
            new("GET", "", Secured(context => assets.WritePageAsync(context, token.Issue(context), options))),
            new("GET", "/app.css", Secured(context => assets.WriteAsync(context, "app.css", "text/css; charset=utf-8"))),
            new("GET", "/app.js", Secured(context => assets.WriteAsync(context, "app.js", "text/javascript; charset=utf-8"))),
            new("GET", "/icon.svg", Secured(context => assets.WriteAsync(context, "icon.svg", "image/svg+xml"))),
            new("GET", "/status", Secured(read.StatusAsync)),
            new("GET", "/methods", Secured(read.MethodsAsync)),
            new("GET", "/graph", Secured(read.GraphAsync)),
            new("GET", "/keys", Secured(read.KeysAsync)),
            new("GET", "/entry", Secured(read.EntryAsync)),
            new("GET", "/health", Secured(read.HealthAsync)),
            new("GET", "/token", Secured(context => ChangingEndpoints.TokenAsync(context, token))),
            new("GET", "/stream", Secured(stream.WriteAsync)),
            new("POST", "/invalidate", Secured(change.InvalidateAsync)),
            new("POST", "/clear", Secured(change.ClearAsync)),
        ];
    }

    public IReadOnlyList<CacheRoute> Routes { get; }

    /// <summary>Everything from here is for this origin's own page, is not kept anywhere, and runs nothing that it did not bring.</summary>
    private static RequestDelegate Secured(RequestDelegate handler) => context =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return handler(context);
    };
}
