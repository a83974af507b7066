using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CachedAttr.Backends;
using CachedAttr.Database;
using CachedAttr.Database.Postgres;
using CachedAttr.Database.Tests;
using Npgsql;

namespace CachedAttr.Benchmarks;

/// <summary>100,000 entries of 1 KB in PostgreSQL: a read by key, by the backend and by Npgsql alone, over the same data source. A server is started.</summary>
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class PostgresBenchmarks
{
    private const int Entries = 100_000;
    private const int Size = 1024;
    private const int Many = 50;

    private readonly string[] _keys = [.. Enumerable.Range(0, Entries).Select(static i => "server:" + i.ToString(CultureInfo.InvariantCulture))];
    private readonly Random _random = new(20261121);
    private PostgresServer _server = null!;
    private NpgsqlDataSource _source = null!;
    private PostgresBackend _backend = null!;
    private byte[] _entry = [];

    private static BackendCall Call => BackendCall.Async();

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true), BenchmarkCategory("read")]
    public async Task<int> PlainRead()
    {
        await using var command = _source.CreateCommand("SELECT value FROM plain WHERE key = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _keys[_random.Next(Entries)] });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return reader.GetFieldValue<byte[]>(0).Length;
    }

    [Benchmark, BenchmarkCategory("read")]
    public async Task<int> BackendRead() => (await _backend.GetAsync(_keys[_random.Next(Entries)], Call))!.Value.Length;

    [Benchmark(Baseline = true), BenchmarkCategory("50 keys")]
    public async Task<int> PlainReadMany()
    {
        await using var command = _source.CreateCommand("SELECT key, value FROM plain WHERE key = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = SomeKeys() });
        await using var reader = await command.ExecuteReaderAsync();
        int bytes = 0;
        while (await reader.ReadAsync())
            bytes += reader.GetString(0).Length + reader.GetFieldValue<byte[]>(1).Length;
        return bytes;
    }

    [Benchmark, BenchmarkCategory("50 keys")]
    public async Task<int> BackendReadMany() => (await _backend.GetManyAsync(SomeKeys(), Call)).Count;

    [Benchmark(Baseline = true), BenchmarkCategory("write")]
    public async Task<int> PlainWrite()
    {
        await using var command = _source.CreateCommand("INSERT INTO plain (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _keys[_random.Next(Entries)] });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _entry });
        return await command.ExecuteNonQueryAsync();
    }

    [Benchmark, BenchmarkCategory("write")]
    public async Task<bool> BackendWrite() => await _backend.SetAsync(_keys[_random.Next(Entries)], _entry, TimeSpan.FromHours(1), Call);

    private async Task SetupAsync()
    {
        _server = await PostgresServer.StartAsync();
        _source = NpgsqlDataSource.Create(DatabasePlan.ReadPostgres(_server.Connection, new() { CommandTimeout = 60 }));
        await RunAsync("CREATE TABLE plain (key text PRIMARY KEY, value bytea NOT NULL)");
        _backend = new(new BackendSettings { KeyPrefix = "b:", MaxLoad = TimeSpan.FromHours(1) }, _source);
        var position = (await _backend.ReadLogAsync(LogPosition.None, Call)).End;
        _entry = new byte[Size];
        new EntryHeader { Epoch = position.Epoch, Stamp = position.Sequence }.Write(_entry);
        foreach (string[] some in _keys.Chunk(100))
            await Task.WhenAll(some.Select(key => _backend.SetAsync(key, _entry, TimeSpan.FromHours(1), Call).AsTask()));
        await RunAsync("INSERT INTO plain SELECT substr(convert_from(key, 'UTF8'), 3), value FROM cachedattr_entries");
        await RunAsync("VACUUM ANALYZE");
        if (await PlainRead() != Size || await BackendRead() != Size)
            throw new InvalidOperationException("The entries are not there.");
    }

    private async Task CleanupAsync()
    {
        await _backend.DisposeAsync();
        await _source.DisposeAsync();
        await _server.DisposeAsync();
    }

    private string[] SomeKeys() => [.. Enumerable.Range(0, Many).Select(_ => _keys[_random.Next(Entries)])];

    private async Task RunAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
