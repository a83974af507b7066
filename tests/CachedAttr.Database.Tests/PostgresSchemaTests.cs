using CachedAttr.Backends;
using CachedAttr.Database.Postgres;
using Npgsql;

namespace CachedAttr.Database.Tests;

/// <summary>Tables that make and migrate themselves.</summary>
public sealed class PostgresSchemaTests(Postgres postgres) : IClassFixture<Postgres>
{
    private static readonly BackendCall Call = BackendCall.Async();

    [Fact]
    public async Task Many_processes_that_begin_at_once_make_the_tables_once()
    {
        var backends = Enumerable.Range(0, 8).Select(_ => Open(static options => (options.Table, options.Schema) = ("atonce", "many"))).ToList();
        var pages = await Task.WhenAll(backends.Select(backend => Task.Run(() => backend.PresentAsync())));
        Assert.Single(pages.Select(static page => page.Epoch).Distinct());
        Assert.Equal(1L, await postgres.Server.ExecuteAsync("SELECT count(*) FROM many.atonce_schema"));
        foreach (var backend in backends)
            await backend.DisposeAsync();
    }

    [Fact]
    public async Task Names_of_schema_and_tables_are_configurable_and_apart()
    {
        await using var one = Open(static options => (options.Table, options.Schema) = ("first", "apart"));
        await using var two = Open(static options => (options.Table, options.Schema) = ("second", "apart"));
        await one.SetNowAsync("k");
        Assert.Null(await two.TextAsync("k"));
        Assert.Equal(1L, await postgres.Server.ExecuteAsync("SELECT count(*) FROM apart.first_entries"));
    }

    [Fact]
    public async Task An_account_that_may_not_make_tables_is_told_what_to_run_and_that_is_enough()
    {
        await postgres.Server.ExecuteAsync("CREATE ROLE reader LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        await using var backend = Open(static options => (options.Table, options.Connection) = ("granted", options.Connection!.Replace("Username=postgres", "Username=reader", StringComparison.Ordinal)));
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.Contains("the account may not make the cache's tables", exception.Message, StringComparison.Ordinal);
        string script = exception.Message[(exception.Message.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        await postgres.Server.ExecuteAsync(script);
        exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.Contains("grant it SELECT, INSERT, UPDATE and DELETE", exception.Message, StringComparison.Ordinal);
        await postgres.Server.ExecuteAsync("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO reader");
        Assert.True(await backend.SetNowAsync("k"));
        Assert.NotEqual(0, (await backend.InvalidateKeyAsync("k")).Appended);
    }

    [Fact]
    public async Task A_read_only_account_is_told_what_to_run()
    {
        await postgres.Server.ExecuteAsync("CREATE ROLE watcher LOGIN; ALTER ROLE watcher SET default_transaction_read_only = on");
        await using var backend = Open(static options => (options.Table, options.Connection) = ("never", options.Connection!.Replace("Username=postgres", "Username=watcher", StringComparison.Ordinal)));
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.Contains("CREATE  TABLE never_entries", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_tables_are_migrated_with_what_is_in_them_and_newer_ones_are_refused()
    {
        var options = new DatabaseOptions { Table = "moving", CommandTimeout = 10 };
        await using var source = NpgsqlDataSource.Create(postgres.Server.Connection);
        await using (var old = new PostgresBackend(new(), source, options))
            await old.SetNowAsync("k");
        var present = new PostgresSql(options);
        var next = new PostgresSql(options) { Migrations = [.. present.Migrations, "ALTER TABLE moving_entries ADD COLUMN color text;"] };
        await using (var migrated = new PostgresBackend(new(), source, isOwned: false, options, next))
            Assert.Equal("value", await migrated.TextAsync("k"));
        Assert.Equal(2, await postgres.Server.ExecuteAsync("SELECT max(version) FROM moving_schema"));
        await using var again = new PostgresBackend(new(), source, options);
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => again.GetAsync("k", Call).AsTask());
        Assert.Contains("has version 2 of the cache's tables", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_that_others_have_dropped_are_made_again()
    {
        await using var backend = Open(static options => options.Table = "dropped");
        var before = await backend.PresentAsync();
        await postgres.Server.ExecuteAsync(
            "DROP TABLE dropped_entries, dropped_log, dropped_locks, dropped_measure, dropped_schema, dropped_logs CASCADE; DROP FUNCTION dropped_now, dropped_stamped, dropped_forget, dropped_follow");
        await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.NotEqual(before.Epoch, (await backend.PresentAsync()).Epoch);
        Assert.True(await backend.SetNowAsync("k"));
    }

    [Theory]
    [InlineData("Username=nobody", "there is no such", "28000")]
    [InlineData("Database=none", "there is no such database", "3D000")]
    [InlineData("Port=1", "it cannot be reached", "CachedAttr:Database:Connection")]
    public async Task Who_is_not_let_in_is_told_why(string change, string expected, string more)
    {
        await using var backend = Open(options => options.Connection += ";" + change + ";Password=t0psecret");
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.True(exception.Message.Contains(expected, StringComparison.Ordinal) || exception.Message.Contains("refuses the user", StringComparison.Ordinal), exception.Message);
        Assert.True(exception.ToString().Contains(more, StringComparison.Ordinal), exception.ToString());
        Assert.DoesNotContain("t0psecret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_keeps_a_lock_is_not_waited_for_longer_than_the_time_limit()
    {
        await using var backend = Open(static options => (options.Table, options.CommandTimeout) = ("locked", 1));
        await backend.SetNowAsync("k");
        await using var source = NpgsqlDataSource.Create(postgres.Server.Connection);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("SELECT 1 FROM locked_logs FOR UPDATE", connection, transaction))
            await hold.ExecuteNonQueryAsync();
        foreach (var call in new[] { Call, BackendCall.Synchronous })
        {
            var exception = await Assert.ThrowsAsync<CacheBackendException>(() => Task.Run(() => backend.InvalidateAsync([new(InvalidationKind.Key, "k")], LogPosition.None, call).AsTask()));
            Assert.Contains("CachedAttr:Database:CommandTimeout", exception.Message, StringComparison.Ordinal);
        }

        await transaction.RollbackAsync();
        Assert.NotEqual(0, (await backend.InvalidateKeyAsync("k")).Appended);
    }

    private ICacheBackend Open(Action<DatabaseOptions> configure) => PostgresTests.Open(new() { KeyPrefix = "schema:" }, postgres.Server, configure);
}
