using System.Diagnostics;
using CachedAttr.Backends;
using CachedAttr.Database.Sqlite;
using Microsoft.Data.Sqlite;

namespace CachedAttr.Database.Tests;

/// <summary>Tables of a file, and accounts that may not write it.</summary>
public sealed class SqliteSchemaTests : IDisposable
{
    private static readonly BackendCall Call = BackendCall.Async();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Many_that_begin_at_once_make_the_tables_once()
    {
        var backends = Enumerable.Range(0, 8).Select(_ => new SqliteBackend(new() { KeyPrefix = "s:" }, _folder.File, new() { CommandTimeout = 10 })).ToList();
        var pages = await Task.WhenAll(backends.Select(backend => Task.Run(() => backend.PresentAsync())));
        Assert.Single(pages.Select(static page => page.Epoch).Distinct());
        Assert.Equal(1L, Number("SELECT COUNT(*) FROM cachedattr_schema"));
        foreach (var backend in backends)
            await backend.DisposeAsync();
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        await using (var backend = new SqliteBackend(new(), _folder.File))
            await backend.SetNowAsync("k");
        Number("INSERT INTO cachedattr_schema (version) VALUES (99) RETURNING version");
        await using var older = new SqliteBackend(new(), _folder.File);
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => older.GetAsync("k", Call).AsTask());
        Assert.Contains("has version 99 of the cache's tables", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1L, Number("SELECT COUNT(*) FROM cachedattr_entries"));
    }

    [Fact]
    public async Task Tables_of_another_name_are_another_store()
    {
        await using var one = new SqliteBackend(new(), _folder.File, new() { Table = "one" });
        await using var two = new SqliteBackend(new(), _folder.File, new() { Table = "two" });
        await one.SetNowAsync("k");
        Assert.Null(await two.TextAsync("k"));
        Assert.Equal("value", await one.TextAsync("k"));
    }

    [Fact]
    public async Task A_file_that_the_process_may_not_write_is_moved_aside_where_it_may_write_the_folder()
    {
        await using (var backend = new SqliteBackend(new() { KeyPrefix = "s:" }, _folder.File))
            await backend.SetNowAsync("k");
        Run("chmod", "0777", _folder.Path);
        Run("chmod", "0444", _folder.File);
        await using var host = new HostProcess(AsNobody);
        var remote = await RemoteBackend.OpenAsync(host, 1, new() { KeyPrefix = "s:" }, _folder.File);
        Assert.Null(await remote.TextAsync("k"));
        Assert.True(await remote.SetNowAsync("k", "again"));
        Assert.Equal("again", await remote.TextAsync("k"));
        Assert.Single(Directory.GetFiles(_folder.Path, "cache.db.damaged-*"), static file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_the_process_may_not_write_is_told()
    {
        await using (var backend = new SqliteBackend(new() { KeyPrefix = "s:" }, _folder.File))
            await backend.SetNowAsync("k");
        Run("chmod", "0555", _folder.Path);
        await using var host = new HostProcess(AsNobody);
        var remote = await RemoteBackend.OpenAsync(host, 1, new() { KeyPrefix = "s:" }, _folder.File);
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => remote.SetNowAsync("k"));
        Assert.Contains("the process needs the right to write in its folder", exception.Message, StringComparison.Ordinal);
        Run("chmod", "0755", _folder.Path);
    }

    // Root may write everything. Another account needs a home for what the runtime keeps there.
    private static string[] AsNobody => Environment.UserName == "root" ? ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--", "env", "HOME=/tmp"] : [];

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private long Number(string sql)
    {
        using var connection = new SqliteConnection("Data Source=" + _folder.File + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
