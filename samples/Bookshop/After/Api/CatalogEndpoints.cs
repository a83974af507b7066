using Bookshop.Domain;
using Bookshop.Services;

namespace Bookshop.Api;

public static class CatalogEndpoints
{
    public static void MapCatalog(this RouteGroupBuilder books)
    {
        books.MapGet("/", async (ICatalog catalog, string? genre, string? text, CancellationToken ct, int page = 1) =>
            page < 1 ? Results.BadRequest() : Results.Ok(await catalog.SearchAsync(new(genre, text, page), ct)));

        books.MapGet("/genres", async (ICatalog catalog, CancellationToken ct) => Results.Ok(await catalog.GenresAsync(ct)));

        books.MapGet("/{id:long}", async (ICatalog catalog, long id, CancellationToken ct) =>
            await catalog.FindAsync(id, ct) is { } book ? Results.Ok(book) : Results.NotFound());

        books.MapPut("/{id:long}/price", async (ICatalog catalog, long id, NewPrice price, CancellationToken ct) =>
            await catalog.SetPriceAsync(id, price.PriceInCents, ct) ? Results.NoContent() : Results.NotFound());
    }
}
