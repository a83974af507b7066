using Bookshop.Domain;
using Dapper;

namespace Bookshop.Data;

public interface IBookRepository
{
    Task<Book?> FindAsync(long id, CancellationToken ct);

    Task<long> CountAsync(BookFilter filter, CancellationToken ct);

    Task<IReadOnlyList<Book>> ListAsync(BookFilter filter, CancellationToken ct);

    Task<IReadOnlyList<GenreCount>> GenresAsync(CancellationToken ct);

    Task<bool> SetPriceAsync(long id, long priceInCents, CancellationToken ct);
}

public sealed class BookRepository(ShopDatabase database) : IBookRepository
{
    private const string Columns = "id, title, author, genre, price as PriceInCents, stock";
    private const string Where = "where (@Genre is null or genre = @Genre) and (@Text is null or instr(lower(title), lower(@Text)) > 0)";

    public async Task<Book?> FindAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<Book>(new CommandDefinition($"select {Columns} from books where id = @id", new { id }, cancellationToken: ct));
    }

    public async Task<long> CountAsync(BookFilter filter, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from books {Where}", filter, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<Book>> ListAsync(BookFilter filter, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        string sql = $"select {Columns} from books {Where} order by id limit 10 offset (@Page - 1) * 10";
        return [.. await connection.QueryAsync<Book>(new CommandDefinition(sql, filter, cancellationToken: ct))];
    }

    public async Task<IReadOnlyList<GenreCount>> GenresAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return [.. await connection.QueryAsync<GenreCount>(new CommandDefinition("select genre, count(*) as books from books group by genre order by genre", cancellationToken: ct))];
    }

    public async Task<bool> SetPriceAsync(long id, long priceInCents, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition("update books set price = @priceInCents where id = @id", new { id, priceInCents }, cancellationToken: ct)) == 1;
    }
}
