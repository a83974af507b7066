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
        var nodes = cache.Backend is { } tier ? new NodeRoster(tier, cache.Options.TimeProvider) : null;
        if (nodes is not null)
            cache.OnDispose(nodes);
        var read = new ReadingEndpoints(cache, options, nodes);
        var change = new ChangingEndpoints(cache, options, token, services.GetRequiredService<ILoggerFactory>().CreateLogger("CachedAttr"));
        var stream = new StatusStream(cache, options, nodes, services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);
        Routes =
        [
            new("GET", "", Secured(context => assets.WritePageAsync(context, token.Issue(context), options))),
            .. DashboardAssets.Names.Select(name => new CacheRoute("GET", "/" + name, Secured(context => assets.WriteAsync(context, name)))),
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
