using ServerRegistry.Data;
using ServerRegistry.Domain;
using ServerRegistry.Services;

namespace ServerRegistry.Api;

/// <summary>The registry over HTTP.</summary>
internal static class RegistryApi
{
    private const int MaxPage = 10_000;

    public static WebApplication Build(RegistryDatabase database, string urls)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        builder.Services.AddProblemDetails();
        builder.Services.AddCachedAttr(builder.Configuration);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<ServerService>();

        var app = builder.Build();
        app.UseExceptionHandler();
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/servers", async (ServerService service, string? category, string? tag, string? text, int page = 1) =>
            page is < 1 or > MaxPage
                ? Invalid("page", $"must be from 1 to {MaxPage}")
                : Results.Ok(await service.ListServersAsync(new ServerFilter(category, tag, text, page))));
        app.MapGet("/servers/{id:long}", async (ServerService service, long id) =>
            await service.GetServerAsync(id) is { } server ? Results.Ok(server) : Results.Problem(statusCode: 404, title: $"There is no server {id}."));
        app.MapGet("/servers/{id:long}/tools", (ServerService service, long id) => service.GetToolsAsync(id));
        app.MapGet("/statistics", (ServerService service) => service.GetStatisticsAsync());
        app.MapPost("/servers", async (ServerService service, ServerDraft draft) =>
        {
            if (Check(draft) is { } problem)
                return problem;
            var server = await service.CreateServerAsync(draft);
            return Results.Created($"/servers/{server.Id}", server);
        });
        app.MapPut("/servers/{id:long}", async (ServerService service, long id, ServerDraft draft) =>
            Check(draft) ?? (await service.UpdateServerAsync(id, draft) ? Results.NoContent() : Results.NotFound()));
        app.MapDelete("/servers/{id:long}", async (ServerService service, long id) =>
            await service.DeleteServerAsync(id) ? Results.NoContent() : Results.NotFound());
    }

    private static IResult? Check(ServerDraft draft) =>
        string.IsNullOrWhiteSpace(draft.Name) ? Invalid("name", "must not be empty")
        : string.IsNullOrWhiteSpace(draft.Category) ? Invalid("category", "must not be empty")
        : draft.Title is null ? Invalid("title", "is missing")
        : draft.Description is null ? Invalid("description", "is missing")
        : null;

    private static IResult Invalid(string field, string why) =>
        Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [why] });
}
