using System.Diagnostics;
using Bookshop.Domain;

namespace Bookshop.Services;

/// <summary>A decorator: tells how long the catalog takes.</summary>
public sealed partial class LoggedCatalog(ICatalog inner, ILogger<LoggedCatalog> logger) : ICatalog
{
    public Task<Book?> FindAsync(long id, CancellationToken ct) => TimedAsync(nameof(FindAsync), inner.FindAsync(id, ct));

    public Task<BookPage> SearchAsync(BookFilter filter, CancellationToken ct) => TimedAsync(nameof(SearchAsync), inner.SearchAsync(filter, ct));

    public Task<IReadOnlyList<GenreCount>> GenresAsync(CancellationToken ct) => TimedAsync(nameof(GenresAsync), inner.GenresAsync(ct));

    public Task<bool> SetPriceAsync(long id, long priceInCents, CancellationToken ct) => TimedAsync(nameof(SetPriceAsync), inner.SetPriceAsync(id, priceInCents, ct));

    private async Task<T> TimedAsync<T>(string call, Task<T> running)
    {
        long start = Stopwatch.GetTimestamp();
        var result = await running;
        var took = Stopwatch.GetElapsedTime(start);
        Took(logger, call, took);
        return result;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Call} took {Time}")]
    private static partial void Took(ILogger logger, string call, TimeSpan time);
}
