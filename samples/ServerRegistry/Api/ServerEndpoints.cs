using ServerRegistry.Domain;
using ServerRegistry.Services;

namespace ServerRegistry.Api;

/// <summary>The registry over HTTP. Nothing here knows of the cache: the service's methods do.</summary>
internal static class ServerEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/servers", ListAsync);
        app.MapPost("/servers", CreateAsync);
        app.MapGet("/servers/{id:long}", GetAsync);
        app.MapPut("/servers/{id:long}", UpdateAsync);
        app.MapDelete("/servers/{id:long}", DeleteAsync);
        app.MapGet("/servers/{id:long}/tools", GetToolsAsync);
        app.MapGet("/statistics", (ServerService service, CancellationToken ct) => service.GetStatisticsAsync(ct));
    }

    private static async Task<IResult> ListAsync(
        ServerService service, string? category, string? type, string? tag, string? text, CancellationToken ct, int page = 1, int size = 20)
    {
        var filter = new ServerFilter(category, type, tag, text, page, size);
        return Problems.Of(filter) ?? Results.Ok(await service.ListServersAsync(filter, ct));
    }

    private static async Task<IResult> CreateAsync(ServerService service, ServerDraft draft, CancellationToken ct)
    {
        if (Problems.Of(draft) is { } problem)
            return problem;
        if (await service.FindServerAsync(draft.Name, ct) is { } other)
            return Problems.NameIsTaken(other);
        var server = await service.CreateServerAsync(draft, ct);
        return Results.Created($"/servers/{server.Id}", server);
    }

    private static async Task<IResult> GetAsync(ServerService service, long id, CancellationToken ct) =>
        await service.GetServerAsync(id, ct) is { } server ? Results.Ok(server) : Problems.NoServer(id);

    private static async Task<IResult> UpdateAsync(ServerService service, long id, ServerDraft draft, CancellationToken ct)
    {
        if (Problems.Of(draft) is { } problem)
            return problem;
        if (await service.FindServerAsync(draft.Name, ct) is { } other && other.Id != id)
            return Problems.NameIsTaken(other);
        return await service.UpdateServerAsync(id, draft, ct) ? Results.NoContent() : Problems.NoServer(id);
    }

    private static async Task<IResult> DeleteAsync(ServerService service, long id, CancellationToken ct) =>
        await service.DeleteServerAsync(id, ct) ? Results.NoContent() : Problems.NoServer(id);

    private static async Task<IResult> GetToolsAsync(ServerService service, long id, CancellationToken ct) =>
        await service.GetServerAsync(id, ct) is null ? Problems.NoServer(id) : Results.Ok(await service.GetToolsAsync(id, ct));
}
