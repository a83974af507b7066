using System.Globalization;
using CachedAttr.Backends;
using CachedAttr.Database.Postgres;
using CachedAttr.Database.Sqlite;

namespace CachedAttr.Database.Tests;

/// <summary>What is removed in the background, on every database.</summary>
public abstract class SweepTests
{
    private static readonly BackendCall Call = BackendCall.Async();
    private static int _tables;

    /// <summary>Tables of this test's own: bounds are theirs.</summary>
    protected string Table { get; } = "sweep" + Interlocked.Increment(ref _tables).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task What_has_expired_is_removed_batch_by_batch_and_the_rest_stays()
    {
        await using var backend = Open();
        var position = await backend.PresentAsync();
        for (int i = 0; i < 1100; i++)
            await backend.SetAsync("short" + Text(i), Entries.Of(position, "value"), TimeSpan.FromMinutes(5), Call);
        await backend.SetNowAsync("long");
        await backend.InvalidateKeyAsync("buried");
        Assert.True(await SweeperOf(backend).SweepAsync(isWanted: false, CancellationToken.None));
        Assert.Equal((1102, "0"), await CountAsync(backend));
        await PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal((1102, "1101"), await CountAsync(backend));
        Assert.Null(await backend.TextAsync("short7"));
        Assert.True(await SweeperOf(backend).SweepAsync(isWanted: false, CancellationToken.None));
        Assert.Equal((1, "0"), await CountAsync(backend));
        Assert.Equal("value", await backend.TextAsync("long"));
    }

    [Fact]
    public async Task One_process_sweeps_at_a_time_and_another_when_it_is_gone()
    {
        await using var one = Open();
        await using var two = Open();
        Assert.True(await SweeperOf(one).SweepAsync(isWanted: false, CancellationToken.None));
        Assert.False(await SweeperOf(two).SweepAsync(isWanted: false, CancellationToken.None));
        Assert.True(await SweeperOf(one).SweepAsync(isWanted: false, CancellationToken.None));
        await PassAsync(TimeSpan.FromMinutes(5)); // the first has died
        Assert.True(await SweeperOf(two).SweepAsync(isWanted: false, CancellationToken.None));
        Assert.False(await SweeperOf(one).SweepAsync(isWanted: false, CancellationToken.None));
    }

    [Fact]
    public async Task The_oldest_read_go_when_there_are_too_many()
    {
        await using var backend = Open(maxEntries: 10);
        for (int i = 0; i < 20; i++)
        {
            await backend.SetNowAsync("k" + Text(i), timeToLive: TimeSpan.FromHours(10));
            await PassAsync(TimeSpan.FromMinutes(2));
        }

        foreach (string read in new[] { "k0", "k3", "k5" })
            Assert.NotNull(await backend.TextAsync(read));
        Assert.True(await SweeperOf(backend).SweepAsync(isWanted: true, CancellationToken.None));
        Assert.Equal(["k0", "k13", "k14", "k15", "k16", "k17", "k18", "k19", "k3", "k5"], await KeysAsync(backend));
    }

    [Fact]
    public async Task The_oldest_read_go_when_they_take_too_many_bytes()
    {
        await using var backend = Open(maxBytes: 100_000);
        for (int i = 0; i < 30; i++)
        {
            await backend.SetNowAsync("k" + Text(i), new string('x', 10_000), TimeSpan.FromHours(10));
            await PassAsync(TimeSpan.FromMinutes(2));
        }

        Assert.True(await SweeperOf(backend).SweepAsync(isWanted: true, CancellationToken.None));
        var status = await backend.GetStatusAsync(Call);
        Assert.InRange(status.UsedBytes!.Value, 80_000, 100_000);
        Assert.Equal(100_000, status.MaxBytes);
        Assert.Equal(["k21", "k22", "k23", "k24", "k25", "k26", "k27", "k28", "k29"], await KeysAsync(backend));
    }

    [Fact]
    public async Task A_tombstone_is_not_removed_for_want_of_room()
    {
        await using var backend = Open(maxEntries: 1);
        var load = await backend.PresentAsync();
        await backend.InvalidateKeyAsync("k");
        for (int i = 0; i < 5; i++)
            await backend.SetNowAsync("other" + Text(i));
        Assert.True(await SweeperOf(backend).SweepAsync(isWanted: true, CancellationToken.None));
        Assert.Equal("tombstone", await backend.TextAsync("k"));
        Assert.False(await backend.SetAsync("k", Entries.Of(load, "slow load"), TimeSpan.FromMinutes(1), Call));
    }

    [Fact]
    public async Task Who_stores_much_is_swept_without_waiting_for_the_next_time()
    {
        await using var backend = Open(maxEntries: 100);
        var position = await backend.PresentAsync();
        for (int i = 0; i < 700; i++)
            await backend.SetAsync("k" + Text(i), Entries.Of(position, "value"), TimeSpan.FromMinutes(1), Call);

        // The sweeper's clock stands still here, or its interval is an hour: only what was stored can have woken it.
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while ((await CountAsync(backend)).Entries > 300 && limit.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Yield();
        Assert.InRange((await CountAsync(backend)).Entries, 100, 300);
    }

    [Fact]
    public async Task The_status_is_that_of_the_tables()
    {
        await using var backend = Open(maxEntries: 1000);
        await backend.SetNowAsync("k", "12345678");
        var status = await backend.GetStatusAsync(Call);
        Assert.Equal((1, 1 + EntryHeader.Length + 8 + 6), (status.Entries, status.UsedBytes));
        Assert.Equal("oldest-read first", status.EvictionPolicy);
        Assert.Equal(("1000", "sweep:"), (status.Details["max_entries"], status.Details["prefix"]));
        Assert.NotNull(status.Version);
        Assert.Contains(Location, status.Location, StringComparison.Ordinal);
    }

    /// <summary>A part of what the status names as the place.</summary>
    protected abstract string Location { get; }

    protected abstract ICacheBackend Open(BackendSettings settings, DatabaseOptions options);

    /// <summary>Lets time pass for what is stored.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private ICacheBackend Open(long maxEntries = 100_000, long maxBytes = 1_000_000_000) => Open(
        new BackendSettings { KeyPrefix = "sweep:", MaxTimeToLive = TimeSpan.FromDays(1) },
        new DatabaseOptions { Table = Table, MaxEntries = maxEntries, MaxBytes = maxBytes, SweepInterval = 60, ReadTimeResolution = 60, CommandTimeout = 10 });

    private static Sweeper SweeperOf(ICacheBackend backend) => backend is SqliteBackend sqlite ? sqlite.Sweeper : ((PostgresBackend)backend).Sweeper;

    private static async Task<(long Entries, string Expired)> CountAsync(ICacheBackend backend)
    {
        var status = await backend.GetStatusAsync(Call);
        return (status.Entries!.Value, status.Details["expired"]);
    }

    private static async Task<List<string>> KeysAsync(ICacheBackend backend)
    {
        var keys = new List<string>();
        await foreach (string key in backend.ScanAsync(Keys.KeyPattern.Everything, CancellationToken.None))
            keys.Add(key);
        return [.. keys.Order(StringComparer.Ordinal)];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The sweeper on a file.</summary>
public sealed class SqliteSweepTests(TemporaryFolder folder) : SweepTests, IClassFixture<TemporaryFolder>
{
    private readonly HandClock _clock = new();

    protected override string Location => folder.Path;

    protected override ICacheBackend Open(BackendSettings settings, DatabaseOptions options) =>
        new SqliteBackend(settings with { TimeProvider = _clock }, Path.Combine(folder.Path, Table + ".db"), options);

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Pass(time);
        return Task.CompletedTask;
    }
}

/// <summary>The sweeper on PostgreSQL.</summary>
public sealed class PostgresSweepTests(Postgres postgres) : SweepTests, IClassFixture<Postgres>
{
    protected override string Location => "127.0.0.1:" + postgres.Server.Port.ToString(CultureInfo.InvariantCulture);

    protected override ICacheBackend Open(BackendSettings settings, DatabaseOptions options)
    {
        options.Connection = postgres.Server.Connection + ";Maximum Pool Size=4";
        options.SweepInterval = 60;
        return DatabasePlan.Create(settings, options);
    }

    // The server's clock cannot be set; what is stored is made older.
    protected override async Task PassAsync(TimeSpan time)
    {
        string by = ((long)time.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        await postgres.Server.ExecuteAsync($"UPDATE {Table}_entries SET expires = expires - {by}, used = used - {by}");
        await postgres.Server.ExecuteAsync($"UPDATE {Table}_locks SET expires = expires - {by}");
    }
}
