using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CachedAttr.AspNetCore;

/// <summary>The cache's endpoints. Those that nobody has said who may use are left out, except in Development.</summary>
/// <remarks>A source of its own, because whether they are protected is known only when all conventions have been added, those of groups around them included.</remarks>
internal sealed class CacheEndpointDataSource(RoutePattern root, IReadOnlyList<CacheRoute> routes, IServiceProvider services) : EndpointDataSource, IEndpointConventionBuilder
{
    private readonly List<Action<EndpointBuilder>> _conventions = [];
    private readonly List<Action<EndpointBuilder>> _finally = [];
    private int _refused;

    public override IReadOnlyList<Endpoint> Endpoints => Build(null);

    public void Add(Action<EndpointBuilder> convention) => _conventions.Add(convention);

    public void Finally(Action<EndpointBuilder> finalConvention) => _finally.Add(finalConvention);

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context) => Build(context);

    private List<Endpoint> Build(RouteGroupContext? group)
    {
        var endpoints = routes.Select(route => Build(route, group)).ToList();
        if (IsOpenOnPurpose() || endpoints.TrueForAll(IsDecided))
            return endpoints;
        if (Interlocked.Exchange(ref _refused, 1) == 0)
        {
            services.GetRequiredService<ILoggerFactory>().CreateLogger("CachedAttr").PagesNotMapped(
                root.RawText ?? "/", services.GetRequiredService<IHostEnvironment>().EnvironmentName);
        }

        return [];
    }

    private Endpoint Build(CacheRoute route, RouteGroupContext? group)
    {
        var pattern = RoutePatternFactory.Combine(root, RoutePatternFactory.Parse(route.Path));
        var builder = new RouteEndpointBuilder(route.Handler, group is null ? pattern : RoutePatternFactory.Combine(group.Prefix, pattern), order: 0)
        {
            DisplayName = $"CachedAttr {route.Method} {pattern.RawText}",
            ApplicationServices = services,
        };
        builder.Metadata.Add(new HttpMethodMetadata([route.Method]));
        foreach (var convention in (group?.Conventions ?? []).Concat(_conventions))
            convention(builder);
        foreach (var convention in _finally.Concat(group?.FinallyConventions ?? []))
            convention(builder);
        return builder.Build();
    }

    private bool IsOpenOnPurpose() =>
        services.GetRequiredService<IHostEnvironment>().IsDevelopment() || services.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null;

    private static bool IsDecided(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null
        || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}

/// <summary>One of the endpoints.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the root.</param>
/// <param name="Handler">What answers.</param>
internal sealed record CacheRoute(string Method, string Path, RequestDelegate Handler);
