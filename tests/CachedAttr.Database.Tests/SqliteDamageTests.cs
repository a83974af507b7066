using CachedAttr.Backends;
using CachedAttr.Database.Sqlite;
using Microsoft.Data.Sqlite;

namespace CachedAttr.Database.Tests;

/// <summary>A file that cannot be used: it is kept aside, another one begins, and callers notice nothing but misses.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private static readonly BackendCall Call = BackendCall.Async();

    private readonly TemporaryFolder _folder = new();
    private readonly ListLogger _logger = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("this is no database, and it is longer than the header of one, which has a hundred bytes; so it cannot be taken for one.................")]
    [InlineData("short")]
    public async Task What_is_no_database_is_moved_aside(string content)
    {
        await File.WriteAllTextAsync(_folder.File, content);
        await using var backend = Open();
        Assert.True(await backend.SetNowAsync("k"));
        Assert.Equal("value", await backend.TextAsync("k"));
        AssertAside(content);
    }

    [Fact]
    public async Task An_empty_file_is_a_new_one()
    {
        await File.WriteAllTextAsync(_folder.File, "");
        await using var backend = Open();
        Assert.True(await backend.SetNowAsync("k"));
        Assert.Empty(_logger.Named("FileMovedAside"));
    }

    [Fact]
    public async Task A_folder_in_the_files_place_is_moved_aside()
    {
        Directory.CreateDirectory(_folder.File);
        await using var backend = Open();
        Assert.True(await backend.SetNowAsync("k"));
        Assert.Single(_logger.Named("FileMovedAside"));
    }

    [Fact]
    public async Task Pages_that_are_overwritten_while_the_file_is_in_use_are_noticed_by_readers_and_writers()
    {
        await using var backend = Open();
        await FillAsync(backend);
        Scribble();
        for (int i = 0; i < 200; i++)
        {
            await backend.TextAsync("k" + i); // misses, sooner or later
            await backend.SetNowAsync("new" + i);
        }

        Assert.Single(_logger.Named("FileMovedAside"));
        Assert.Equal("value", await backend.TextAsync("new199"));
    }

    [Fact]
    public async Task A_file_that_was_damaged_between_two_runs_is_moved_aside()
    {
        await using (var backend = Open())
            await FillAsync(backend);
        Scribble();
        await using var again = Open();
        for (int i = 0; i < 200; i++)
            await again.TextAsync("k" + i);
        Assert.True(await again.SetNowAsync("k0", "new"));
        Assert.Single(_logger.Named("FileMovedAside"));
    }

    [Fact]
    public async Task A_truncated_file_is_moved_aside()
    {
        await using (var backend = Open())
            await FillAsync(backend);
        await using (var file = File.Open(_folder.File, FileMode.Open))
            file.SetLength(file.Length / 2);
        await using var again = Open();
        for (int i = 0; i < 200; i++)
            await again.TextAsync("k" + i);
        Assert.True(await again.SetNowAsync("k0", "new"));
        Assert.Single(_logger.Named("FileMovedAside"));
    }

    [Fact]
    public async Task Tables_that_others_have_dropped_are_made_again_in_another_file()
    {
        await using var backend = Open();
        var position = await backend.PresentAsync();
        await using (var other = new SqliteConnection("Data Source=" + _folder.File + ";Pooling=false"))
        {
            await other.OpenAsync();
            await using var drop = other.CreateCommand();
            drop.CommandText = "DROP TABLE cachedattr_entries";
            await drop.ExecuteNonQueryAsync();
        }

        Assert.Null(await backend.TextAsync("k"));
        Assert.True(await backend.SetNowAsync("k"));
        Assert.NotEqual(position.Epoch, (await backend.PresentAsync()).Epoch);
    }

    [Fact]
    public async Task A_file_that_is_deleted_while_two_processes_use_it_is_made_anew_for_both()
    {
        await using var one = Open();
        await using var two = Open();
        await one.SetNowAsync("k");
        Assert.Equal("value", await two.TextAsync("k"));
        var before = await two.PresentAsync();
        Delete();
        var page = await one.InvalidateAsync([new(InvalidationKind.Pattern, "k*")], before, Call);
        var seen = await two.ReadLogAsync(before, Call);
        Assert.NotEqual(before.Epoch, page.Epoch);
        Assert.Equal((page.Epoch, 0), (seen.Epoch, seen.After));
        Assert.Equal(["k*"], seen.Records.Select(static record => record.What.Text));
        Assert.True(await two.SetNowAsync("k", "again"));
        Assert.Equal("again", await one.TextAsync("k"));
        Assert.Empty(_logger.Named("FileMovedAside"));
        Assert.NotEmpty(_logger.Named("FileGone"));
    }

    [Fact]
    public async Task A_watcher_hears_of_a_deleted_file_without_anybodys_call()
    {
        await using var one = Open(poll: 0.02);
        var before = await one.PresentAsync();
        await one.InvalidateKeyAsync("before");
        var watcher = new InterruptedWatcher();
        await using var subscription = await one.WatchLogAsync(watcher, CancellationToken.None);
        Delete();
        await using var two = Open();
        await two.InvalidateKeyAsync("after");
        await watcher.Interrupted.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.NotEqual(before.Epoch, (await one.ReadLogAsync(before, Call)).Epoch);
    }

    [Fact]
    public async Task A_full_disk_is_said_once_and_nothing_is_thrown()
    {
        await using var backend = Open(maxPages: 60);
        bool stored = true;
        for (int i = 0; i < 100; i++)
            stored &= await backend.SetNowAsync("k" + i, new string('x', 5000));
        Assert.False(stored);
        Assert.Single(_logger.Named("DiskFull"));
        Assert.NotNull(await backend.TextAsync("k0"));
    }

    [Fact]
    public async Task An_invalidation_that_finds_no_room_empties_the_file()
    {
        await using var backend = Open(maxPages: 60);
        await using var other = Open();
        for (int i = 0; i < 100; i++)
            await backend.SetNowAsync("k" + i, new string('x', 5000));
        var before = await backend.PresentAsync();
        for (int i = 0; i < 500 && !_logger.Named("FileEmptied").Any(); i++)
            await backend.InvalidateKeyAsync("k" + i + new string('y', 3000));
        Assert.Single(_logger.Named("FileEmptied"));
        var page = await other.ReadLogAsync(before, Call);
        Assert.NotEqual(before.Epoch, page.Epoch);
        Assert.NotEmpty(page.Records);
        Assert.Null(await other.TextAsync("k0"));
        Assert.True(await backend.SetNowAsync("k0"));
        Assert.Equal("value", await other.TextAsync("k0"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_an_exception_that_the_cache_keeps_to_itself()
    {
        string path = Path.Combine(_folder.File, "cache.db");
        await File.WriteAllTextAsync(_folder.File, "a file where the folder should be");
        await using var backend = new SqliteBackend(new() { Logger = _logger }, path);
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        await using var cache = Cache.Create(options => options.BackendFactory = settings => new SqliteBackend(settings, path));
        int loads = 0;
        for (int i = 0; i < 3; i++)
            Assert.Equal(1, await cache.GetOrLoadAsync("k", _ => ValueTask.FromResult(++loads)));
        await cache.InvalidateAsync("k");
        Assert.Equal(2, await cache.GetOrLoadAsync("k", _ => ValueTask.FromResult(++loads)));
    }

    [Fact]
    public async Task Only_the_last_damaged_file_is_kept()
    {
        for (int i = 0; i < 3; i++)
        {
            await File.WriteAllTextAsync(_folder.File, "no database " + i);
            await using var backend = Open();
            await backend.SetNowAsync("k");
        }

        AssertAside("no database 2");
    }

    private SqliteBackend Open(double poll = 3600, int? maxPages = null) =>
        new(new() { KeyPrefix = "damage:", Logger = _logger }, _folder.File, new() { PollInterval = poll, SweepInterval = 3600, MaxPages = maxPages });

    private static async Task FillAsync(SqliteBackend backend)
    {
        for (int i = 0; i < 200; i++)
            await backend.SetNowAsync("k" + i, new string('x', 2000));
    }

    // Everything but the first page; what is in the log beside the file goes as well.
    private void Scribble()
    {
        using (var connection = new SqliteConnection("Data Source=" + _folder.File + ";Pooling=false"))
        {
            connection.Open();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            checkpoint.ExecuteNonQuery();
        }

        // Another process: closing the file in this one would drop SQLite's locks on it.
        using var process = System.Diagnostics.Process.Start("dd", ["if=/dev/urandom", "of=" + _folder.File, "bs=4096", "seek=1", "count=80", "conv=notrunc", "status=none"]);
        process.WaitForExit();
    }

    private void Delete()
    {
        foreach (string suffix in new[] { "", "-wal", "-shm" })
            File.Delete(_folder.File + suffix);
    }

    private void AssertAside(string content)
    {
        string aside = Assert.Single(Directory.GetFiles(_folder.Path, "*.damaged-*"));
        Assert.Equal(content, File.ReadAllText(aside));
        Assert.All(_logger.Named("FileMovedAside"), line => Assert.Contains("a new one has begun", line, StringComparison.Ordinal));
    }

    private sealed class InterruptedWatcher : ILogWatcher
    {
        public TaskCompletionSource Interrupted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnAppended(LogPage page)
        {
        }

        public void OnInterrupted() => Interrupted.TrySetResult();
    }
}
