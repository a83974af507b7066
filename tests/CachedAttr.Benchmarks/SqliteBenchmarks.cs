using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CachedAttr.Backends;
using CachedAttr.Database.Sqlite;
using CachedAttr.Database.Tests;
using Microsoft.Data.Sqlite;

namespace CachedAttr.Benchmarks;

/// <summary>
/// 100,000 entries of 1 KB in a file: what the backend reads and writes, against loops over prepared statements on a table of keys and values, on one thread. A
/// write of the loop is a transaction; writes of the backend that nobody waits for share some, as those of the second loop do.
/// </summary>
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class SqliteBenchmarks
{
    private const int Entries = 100_000;
    private const int Operations = 5_000;
    private const int Size = 1024;
    private const int Batch = 500;

    private readonly byte[][] _names = [.. Enumerable.Range(0, Entries).Select(static i => Encoding.UTF8.GetBytes("b:" + Key(i)))];
    private readonly string[] _keys = [.. Enumerable.Range(0, Entries).Select(Key)];
    private readonly byte[] _value = new byte[Size];
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(20261121);
    private SqliteBackend _backend = null!;
    private SqliteConnection _plain = null!;
    private SqliteCommand _read = null!;
    private SqliteCommand _write = null!;
    private SqliteCommand _begin = null!;
    private SqliteCommand _commit = null!;

    private static BackendCall Call => BackendCall.Async();

    // The toolchain that runs in this process does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        _backend.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _plain.Dispose();
        _folder.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations), BenchmarkCategory("read")]
    public long PlainReads()
    {
        long bytes = 0;
        for (int i = 0; i < Operations; i++)
        {
            _read.Parameters[0].Value = _names[_random.Next(Entries)];
            using var reader = _read.ExecuteReader();
            reader.Read();
            bytes += reader.GetFieldValue<byte[]>(0).Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Operations), BenchmarkCategory("read")]
    public long BackendReads()
    {
        long bytes = 0;
        for (int i = 0; i < Operations; i++)
            bytes += Ended(_backend.GetAsync(_keys[_random.Next(Entries)], Call))!.Value.Length;
        return bytes;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations), BenchmarkCategory("write")]
    public void PlainWrites()
    {
        for (int i = 0; i < Operations; i++)
            PlainWrite();
    }

    [Benchmark(OperationsPerInvoke = Operations), BenchmarkCategory("write")]
    public void PlainWritesTogether()
    {
        for (int i = 0; i < Operations; i += Batch)
        {
            _begin.ExecuteNonQuery();
            for (int j = 0; j < Batch; j++)
                PlainWrite();
            _commit.ExecuteNonQuery();
        }
    }

    [Benchmark(OperationsPerInvoke = Operations), BenchmarkCategory("write")]
    public void BackendWrites() => WriteAsync().GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = Operations), BenchmarkCategory("write")]
    public void BackendWritesOneByOne()
    {
        var position = Ended(_backend.ReadLogAsync(LogPosition.None, BackendCall.Synchronous)).End;
        byte[] entry = Entry(position);
        for (int i = 0; i < Operations; i++)
            Check(Ended(_backend.SetAsync(_keys[_random.Next(Entries)], entry, TimeSpan.FromHours(1), BackendCall.Synchronous)));
    }

    private static string Key(int number) => "server:" + number.ToString(CultureInfo.InvariantCulture);

    private async Task SetupAsync()
    {
        _random.NextBytes(_value);
        _backend = new SqliteBackend(new() { KeyPrefix = "b:" }, _folder.File);
        byte[] entry = Entry((await _backend.ReadLogAsync(LogPosition.None, Call)).End);
        await Task.WhenAll(_keys.Select(key => _backend.SetAsync(key, entry, TimeSpan.FromHours(1), Call).AsTask()));

        _plain = new SqliteConnection("Data Source=" + Path.Combine(_folder.Path, "plain.db") + ";Pooling=false");
        _plain.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; CREATE TABLE entries (key BLOB PRIMARY KEY, value BLOB NOT NULL, expires INTEGER NOT NULL)");
        (_begin, _commit) = (Command("BEGIN IMMEDIATE"), Command("COMMIT"));
        _read = Command("SELECT value, expires FROM entries WHERE key = $1", 1);
        _write = Command("REPLACE INTO entries (key, value, expires) VALUES ($1, $2, $3)", 3);
        _begin.ExecuteNonQuery();
        foreach (byte[] name in _names)
            PlainWrite(name);
        _commit.ExecuteNonQuery();
    }

    private async Task WriteAsync()
    {
        byte[] entry = Entry((await _backend.ReadLogAsync(LogPosition.None, Call)).End);
        var writes = new Task<bool>[Operations];
        for (int i = 0; i < Operations; i++)
            writes[i] = _backend.SetAsync(_keys[_random.Next(Entries)], entry, TimeSpan.FromHours(1), Call).AsTask();
        foreach (bool stored in await Task.WhenAll(writes))
            Check(stored);
    }

    private static T Ended<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : throw new InvalidOperationException("It is still running.");

    private static void Check(bool stored)
    {
        if (!stored)
            throw new InvalidOperationException("It was not stored.");
    }

    private byte[] Entry(LogPosition position)
    {
        byte[] entry = [.. _value];
        new EntryHeader { Epoch = position.Epoch, Stamp = position.Sequence }.Write(entry);
        return entry;
    }

    private void PlainWrite() => PlainWrite(_names[_random.Next(Entries)]);

    private void PlainWrite(byte[] name)
    {
        _write.Parameters[0].Value = name;
        _write.Parameters[1].Value = _value;
        _write.Parameters[2].Value = 1_000_000_000_000_000L;
        _write.ExecuteNonQuery();
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters = 0)
    {
        var command = _plain.CreateCommand();
        command.CommandText = sql;
        for (int i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture) });
        return command;
    }
}
