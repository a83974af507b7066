namespace Bookshop.Domain;

public sealed record Book(long Id, string Title, string Author, string Genre, long PriceInCents, long Stock);

/// <summary>What is looked for; what is null is not asked for.</summary>
public sealed record BookFilter(string? Genre, string? Text, int Page);

public sealed record BookPage(IReadOnlyList<Book> Books, long Total, int Page);

public sealed record GenreCount(string Genre, long Books);

public sealed record NewPrice(long PriceInCents);
