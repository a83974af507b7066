using Bookshop.Domain;

namespace Bookshop.Services;

/// <summary>The books that are sold.</summary>
public interface ICatalog
{
    Task<Book?> FindAsync(long id, CancellationToken ct);

    Task<BookPage> SearchAsync(BookFilter filter, CancellationToken ct);

    Task<IReadOnlyList<GenreCount>> GenresAsync(CancellationToken ct);

    Task<bool> SetPriceAsync(long id, long priceInCents, CancellationToken ct);
}
