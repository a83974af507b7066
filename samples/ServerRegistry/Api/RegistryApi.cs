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

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages(); // errors without a body become problem details
        ServerEndpoints.Map(app);
        return app;
    }
}
