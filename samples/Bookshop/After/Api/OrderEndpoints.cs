using Bookshop.Domain;
using Bookshop.Services;

namespace Bookshop.Api;

public static class OrderEndpoints
{
    public static void MapOrders(this RouteGroupBuilder orders)
    {
        orders.MapGet("/", async (IOrders mine, CancellationToken ct) => Results.Ok(await mine.MineAsync(ct)));

        orders.MapPost("/", async (IOrders mine, OrderDraft draft, CancellationToken ct) =>
            await mine.PlaceAsync(draft, ct) is { } order ? Results.Created($"/orders/{order.Id}", order) : Results.Conflict());
    }
}
