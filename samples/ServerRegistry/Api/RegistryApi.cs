using ServerRegistry.Data;
using ServerRegistry.Services;

namespace ServerRegistry.Api;

/// <summary>Sets up the web application.</summary>
internal static class RegistryApi
{
    public static WebApplication Build(RegistryDatabase database, string urls)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        builder.Services.AddProblemDetails();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddCachedAttr(builder.Configuration);
        builder.Services.AddCachedAttrDatabase();
        builder.Services.AddCachedAttrRedis();
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<ServerService>();
        builder.Services.AddHealthChecks().AddCachedAttr();
        builder.Services.AddHostedService<Telemetry>();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages(); // errors without a body become problem details
        app.UseCacheStatusHeader(withKeys: true);
        ServerEndpoints.Map(app);
        app.MapHealthChecks("/health");
        app.MapCachedAttr("/cache").AllowAnonymous(); // on loopback, in a sample
        return app;
    }
}
