using Bookshop.Data;
using Bookshop.Domain;

namespace Bookshop.Services;

public sealed class Catalog(IBookRepository books) : ICatalog
{
    public Task<Book?> FindAsync(long id, CancellationToken ct) => books.FindAsync(id, ct);

    public async Task<BookPage> SearchAsync(BookFilter filter, CancellationToken ct)
    {
        long total = await books.CountAsync(filter, ct);
        return new BookPage(await books.ListAsync(filter, ct), total, filter.Page);
    }

    public Task<IReadOnlyList<GenreCount>> GenresAsync(CancellationToken ct) => books.GenresAsync(ct);

    public Task<bool> SetPriceAsync(long id, long priceInCents, CancellationToken ct) => books.SetPriceAsync(id, priceInCents, ct);
}
