using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bookshop.Data;

/// <summary>The shop's tables in a file of SQLite, with some books to begin with. Statements are counted.</summary>
public sealed class ShopDatabase
{
    private const string Tables = """
        create table if not exists books (id integer primary key, title text not null, author text not null, genre text not null, price integer not null, stock integer not null);
        create table if not exists orders (id integer primary key, customer text not null, total integer not null, books text not null);
        """;

    private readonly string _connectionString;
    private long _queries;

    public ShopDatabase(IConfiguration configuration)
    {
        SQLitePCL.Batteries_V2.Init();
        _connectionString = configuration.GetConnectionString("Shop") ?? "Data Source=shop.db";
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(Tables, transaction: transaction);
        if (connection.ExecuteScalar<long>("select count(*) from books", transaction: transaction) == 0)
            connection.Execute("insert into books (title, author, genre, price, stock) values (@Title, @Author, @Genre, @Price, 3)", FirstBooks(), transaction);
        transaction.Commit();
    }

    /// <summary>How many statements have run.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _queries);
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    private static IEnumerable<object> FirstBooks() => Enumerable.Range(1, 100).Select(i => new
    {
        Title = $"Book {i}",
        Author = $"Author {i % 17}",
        Genre = i % 3 == 0 ? "history" : i % 3 == 1 ? "novel" : "science",
        Price = 900 + (i * 10),
    });
}
