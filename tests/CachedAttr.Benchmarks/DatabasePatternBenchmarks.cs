using BenchmarkDotNet.Attributes;
using CachedAttr.Backends;
using CachedAttr.Database;
using CachedAttr.Database.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CachedAttr.Benchmarks;

/// <summary>One pattern is invalidated where a file, or PostgreSQL, has a thousand entries and where it has a million: the cost is that of a record in the log.</summary>
public class DatabasePatternBenchmarks
{
    private const int Few = 1_000;
    private const int Million = 1_000_000;
    private const string PostgresTable = "cachedattr_entries (key, stamp, tombstone, expires, used, size, value)";

    private TemporaryFolder _folder = null!;
    private PostgresServer _server = null!;
    private ICacheBackend _few = null!;
    private ICacheBackend _million = null!;
    private LogPosition _positionOfFew;
    private LogPosition _positionOfMillion;

    /// <summary>Which database.</summary>
    [Params("sqlite", "postgres")]
    public string Database { get; set; } = "";

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public async Task<long> Among1Thousand()
    {
        var page = await _few.InvalidateAsync([new(InvalidationKind.Pattern, "item:5?")], _positionOfFew, BackendCall.Async());
        _positionOfFew = page.End;
        return page.Appended;
    }

    [Benchmark]
    public async Task<long> Among1Million()
    {
        var page = await _million.InvalidateAsync([new(InvalidationKind.Pattern, "item:5?")], _positionOfMillion, BackendCall.Async());
        _positionOfMillion = page.End;
        return page.Appended;
    }

    private async Task SetupAsync()
    {
        _folder = new();
        if (Database == "sqlite")
        {
            _few = await OpenSqliteAsync(Few);
            _million = await OpenSqliteAsync(Million);
            return;
        }

        _server = await PostgresServer.StartAsync();
        await _server.ExecuteAsync("CREATE DATABASE million");
        _few = await OpenPostgresAsync(_server.Connection, Few);
        _million = await OpenPostgresAsync(_server.Connection.Replace("Database=postgres", "Database=million", StringComparison.Ordinal), Million);
    }

    private async Task CleanupAsync()
    {
        await _few.DisposeAsync();
        await _million.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ICacheBackend> OpenSqliteAsync(int entries)
    {
        string path = Path.Combine(_folder.Path, FormattableString.Invariant($"{entries}.db"));
        var backend = DatabasePlan.Create(new() { KeyPrefix = "b:" }, new() { Connection = path, SweepInterval = 3600, MaxEntries = 10_000_000 });
        await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
        await using var connection = new SqliteConnection("Data Source=" + path + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < {entries} - 1)
            INSERT INTO cachedattr_entries (key, value, stamp, tombstone, expires, used, size) SELECT CAST('b:item:' || i AS BLOB), zeroblob(64), 1, 0, {long.MaxValue}, 1, 80 FROM numbers
            """;
        await command.ExecuteNonQueryAsync();
        return backend;
    }

    private static async Task<ICacheBackend> OpenPostgresAsync(string connection, int entries)
    {
        var backend = DatabasePlan.Create(new() { KeyPrefix = "b:" }, new() { Connection = connection, SweepInterval = 3600, MaxEntries = 10_000_000, CommandTimeout = 60 });
        await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
        await using var source = NpgsqlDataSource.Create(connection + ";Command Timeout=600");
        await using var command = source.CreateCommand(
            $"INSERT INTO {PostgresTable} SELECT convert_to('b:item:' || i, 'UTF8'), 1, false, {long.MaxValue}, 1, 80, decode(repeat('00', 64), 'hex') FROM generate_series(0, {entries} - 1) i");
        await command.ExecuteNonQueryAsync();
        await using var vacuum = source.CreateCommand("VACUUM ANALYZE");
        await vacuum.ExecuteNonQueryAsync();
        return backend;
    }
}
