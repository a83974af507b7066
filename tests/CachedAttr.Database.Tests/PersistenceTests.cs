using CachedAttr.Backends;
using CachedAttr.Database.Sqlite;

namespace CachedAttr.Database.Tests;

/// <summary>What is there after a restart.</summary>
public sealed class PersistenceTests(Postgres postgres) : IClassFixture<Postgres>, IDisposable
{
    private static readonly BackendCall Call = BackendCall.Async();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_has_what_was_cached_before_and_times_to_live_go_on_counting()
    {
        var clock = new HandClock();
        SqliteBackend Open() => new(new() { KeyPrefix = "p:", TimeProvider = clock }, _folder.File);
        LogPosition position;
        await using (var backend = Open())
        {
            await backend.SetNowAsync("short", timeToLive: TimeSpan.FromMinutes(1));
            await backend.SetNowAsync("long", timeToLive: TimeSpan.FromMinutes(10));
            position = (await backend.InvalidateAsync([new(InvalidationKind.Pattern, "gone:*")], LogPosition.None, Call)).End;
        }

        clock.Pass(TimeSpan.FromMinutes(4));
        await using var again = Open();
        Assert.Null(await again.TextAsync("short"));
        Assert.Equal("value", await again.TextAsync("long"));
        Assert.Equal(TimeSpan.FromMinutes(6), await again.GetTimeToLiveAsync("long", Call));
        var page = await again.ReadLogAsync(LogPosition.None, Call);
        Assert.Equal(position.Epoch, page.Epoch);
        Assert.Equal(["gone:*"], page.Records.Select(static record => record.What.Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_was_restarted_or_has_crashed_has_what_was_cached_before(bool isCrash)
    {
        await using var server = await PostgresServer.StartAsync();
        await using var backend = PostgresTests.Open(new() { KeyPrefix = "p:" }, server);
        await backend.SetNowAsync("k");
        var before = await backend.InvalidateKeyAsync("other"); // is on the disk when it returns, and everything before it
        await RestartAsync(server, isCrash);
        await PatientlyAsync(() => backend.PresentAsync());
        Assert.Equal("value", await backend.TextAsync("k"));
        Assert.InRange((await backend.GetTimeToLiveAsync("k", Call))!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        var page = await backend.ReadLogAsync(before.End, Call);
        Assert.Equal((before.Epoch, before.UpTo), (page.Epoch, page.After));
        Assert.Equal("tombstone", await backend.TextAsync("other"));
    }

    [Fact]
    public async Task Unlogged_tables_are_empty_after_a_crash_and_their_log_is_another()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var backend = PostgresTests.Open(new() { KeyPrefix = "p:" }, server, static options => options.Unlogged = true);
        await backend.SetNowAsync("k");
        var before = await backend.PresentAsync();
        await RestartAsync(server, isCrash: true);
        var after = await PatientlyAsync(() => backend.PresentAsync());
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Null(await backend.TextAsync("k"));
        Assert.Equal("u", (await server.ExecuteAsync("SELECT relpersistence FROM pg_class WHERE relname = 'cachedattr_entries'"))!.ToString());
    }

    [Fact]
    public async Task A_watcher_listens_again_after_its_connection_was_ended_and_says_that_it_may_have_missed_something()
    {
        await using var backend = PostgresTests.Open(new() { KeyPrefix = "w:" }, postgres.Server);
        var watcher = new Watcher();
        await using var subscription = await backend.WatchLogAsync(watcher, CancellationToken.None);
        await postgres.Server.ExecuteAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'");
        await watcher.Interrupted.WaitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var page = await PatientlyAsync(() => backend.InvalidateKeyAsync("k"));
        await watcher.Appended.WaitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(page.Appended, watcher.Last);
    }

    [Fact]
    public async Task Records_that_have_no_room_in_a_notification_are_told_as_an_interruption()
    {
        await using var backend = PostgresTests.Open(new() { KeyPrefix = "big:" }, postgres.Server);
        var watcher = new Watcher();
        await using var subscription = await backend.WatchLogAsync(watcher, CancellationToken.None);
        await backend.InvalidateAsync([.. Enumerable.Range(0, 200).Select(static i => new InvalidationTarget(InvalidationKind.Key, "a rather long key:" + i))], LogPosition.None, Call);
        await watcher.Interrupted.WaitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    internal static async Task<T> PatientlyAsync<T>(Func<Task<T>> call)
    {
        // The connections of the pool from before the restart are broken, and fail once each.
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (CacheBackendException) when (attempt < 50)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task RestartAsync(PostgresServer server, bool isCrash)
    {
        await (isCrash ? server.KillAsync() : server.StopAsync());
        await server.StartAgainAsync();
    }

    private sealed class Watcher : ILogWatcher
    {
        public SemaphoreSlim Interrupted { get; } = new(0);

        public SemaphoreSlim Appended { get; } = new(0);

        public long Last { get; private set; }

        public void OnAppended(LogPage page)
        {
            Last = page.UpTo;
            Appended.Release();
        }

        public void OnInterrupted() => Interrupted.Release();
    }
}
