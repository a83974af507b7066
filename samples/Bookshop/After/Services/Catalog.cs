using Bookshop.Data;
using Bookshop.Domain;
using CachedAttr;

namespace Bookshop.Services;

public sealed partial class Catalog(Cache cache, IBookRepository books) : ICatalog
{
    [Cached("book:{id}", Ttl = 600)]
    public partial Task<Book?> FindAsync(long id, CancellationToken ct);

    private Task<Book?> FindCoreAsync(long id, CancellationToken ct) => books.FindAsync(id, ct);

    [Cached("books:{filter}", Ttl = 60)]
    public partial Task<BookPage> SearchAsync(BookFilter filter, CancellationToken ct);

    private async Task<BookPage> SearchCoreAsync(BookFilter filter, CancellationToken ct)
    {
        long total = await books.CountAsync(filter, ct);
        return new BookPage(await books.ListAsync(filter, ct), total, filter.Page);
    }

    [Cached("genres", Ttl = 600)]
    public partial Task<IReadOnlyList<GenreCount>> GenresAsync(CancellationToken ct);

    private Task<IReadOnlyList<GenreCount>> GenresCoreAsync(CancellationToken ct) => books.GenresAsync(ct);

    [InvalidateCache("book:{id}", "books:*")]
    public partial Task<bool> SetPriceAsync(long id, long priceInCents, CancellationToken ct);

    private Task<bool> SetPriceCoreAsync(long id, long priceInCents, CancellationToken ct) => books.SetPriceAsync(id, priceInCents, ct);
}
