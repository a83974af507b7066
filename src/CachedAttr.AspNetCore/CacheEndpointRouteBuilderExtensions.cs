using CachedAttr;
using CachedAttr.AspNetCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the cache's pages.</summary>
public static class CacheEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the dashboard at <paramref name="path"/>, and below it <c>/status</c>, <c>/methods</c>, <c>/graph</c>, <c>/keys?pattern=</c>, <c>/entry?key=</c>,
    /// <c>/health</c>, <c>/stream</c> (server-sent events), <c>/token</c>, <c>POST /invalidate</c> and <c>POST /clear</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group.</param>
    /// <param name="path">Where; <c>/cache</c> by default.</param>
    /// <param name="configure">Sets options; <see langword="null"/>: the defaults.</param>
    /// <returns>
    /// The endpoints. Outside of Development they exist only with <c>RequireAuthorization()</c>, a fallback policy, or <c>AllowAnonymous()</c> if open access is meant;
    /// otherwise an error is logged and the paths are unknown.
    /// </returns>
    public static IEndpointConventionBuilder MapCachedAttr(this IEndpointRouteBuilder endpoints, string path = "/cache", Action<CacheEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(path);
        var options = new CacheEndpointOptions();
        configure?.Invoke(options);
        var services = endpoints.ServiceProvider;
        var pages = new CachePages(services.GetRequiredService<Cache>(), options, services);
        var source = new CacheEndpointDataSource(RoutePatternFactory.Parse("/" + path.Trim('/')), pages.Routes, services);
        endpoints.DataSources.Add(source);
        return source;
    }
}
