using System.Globalization;
using Bookshop.Domain;
using Dapper;

namespace Bookshop.Data;

public interface IOrderRepository
{
    Task<IReadOnlyList<Order>> OfCustomerAsync(string customer, CancellationToken ct);

    /// <returns>The order; null if a book is missing or sold out.</returns>
    Task<Order?> PlaceAsync(string customer, OrderDraft draft, CancellationToken ct);
}

public sealed class OrderRepository(ShopDatabase database) : IOrderRepository
{
    public async Task<IReadOnlyList<Order>> OfCustomerAsync(string customer, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition("select id, total, books from orders where customer = @customer order by id", new { customer }, cancellationToken: ct));
        return [.. rows.Select(row => new Order(row.Id, row.Total, [.. row.Books.Split(',').Select(id => long.Parse(id, CultureInfo.InvariantCulture))]))];
    }

    public async Task<Order?> PlaceAsync(string customer, OrderDraft draft, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        long total = 0;
        foreach (long id in draft.BookIds)
        {
            const string Take = "update books set stock = stock - 1 where id = @id and stock > 0 returning price";
            if (await connection.ExecuteScalarAsync<long?>(new CommandDefinition(Take, new { id }, transaction, cancellationToken: ct)) is not { } price)
                return null; // the transaction is rolled back
            total += price;
        }

        const string Insert = "insert into orders (customer, total, books) values (@customer, @total, @books) returning id";
        long order = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(Insert, new { customer, total, books = string.Join(',', draft.BookIds) }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return new Order(order, total, draft.BookIds);
    }

    private sealed record Row(long Id, long Total, string Books);
}
