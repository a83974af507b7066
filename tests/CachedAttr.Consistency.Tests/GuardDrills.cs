using System.Globalization;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>
/// For each guard the history that breaks without it, over processes and a real server: the first process loads, the second updates and invalidates, the third
/// reads. With the guard nobody serves what was invalidated; without it somebody does: the history runs twice, side by side, because most of it is waiting.
/// </summary>
public abstract class GuardDrills(ITestOutputHelper output)
{
    private static int _number;

    private const string Item = "5";

    private const int Attempts = 4;

    // A load may take a second. A tombstone, and the memory of its key in every process, end five seconds after that.
    private static readonly TimeSpan LongerThanALoad = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongerThanATombstone = TimeSpan.FromSeconds(7);

    [Fact]
    public Task Stamp_a_load_that_ends_after_a_pattern_was_invalidated() => DrillAsync("stamp", ["deaf=1", "heartbeat=1000"], [], async (loader, writer, _) =>
    {
        await loader.AskAsync("hold " + Item);
        await writer.AskAsync("write-group " + Item);
        await loader.AskAsync("release " + Item);
    });

    [Fact]
    public Task Tombstone_a_load_that_ends_after_its_key_was_invalidated() => DrillAsync("tombstone", ["deaf=1", "heartbeat=1000"], [], async (loader, writer, _) =>
    {
        await loader.AskAsync("hold " + Item);
        await writer.AskAsync("write " + Item);
        await loader.AskAsync("release " + Item);
        await Task.Delay(LongerThanATombstone);
        await writer.AskAsync("write 9"); // a record after which the old one is forgotten everywhere
    });

    [Fact]
    public Task Age_a_process_that_was_suspended_between_reading_and_storing() => DrillAsync("age", ["deaf=1", "heartbeat=1000", "frozen=1"], [], async (loader, writer, _) =>
    {
        await loader.AskAsync("hold " + Item);
        loader.Signal("STOP");
        await writer.AskAsync("write " + Item);
        await Task.Delay(LongerThanATombstone);
        loader.Signal("CONT");
        await loader.AskAsync("release " + Item);
        await writer.AskAsync("write 9"); // a record after which the old one is forgotten everywhere
    });

    [Fact]
    public Task Floor_a_process_that_was_away_longer_than_the_record() => DrillAsync("floor", [], ["deaf=1"], async (_, writer, reader) =>
    {
        await reader.AskAsync("read " + Item);
        reader.Signal("STOP");
        await writer.AskAsync("write " + Item);
        await Task.Delay(LongerThanALoad);
        reader.Signal("CONT");
    });

    /// <summary>Starts what the processes share.</summary>
    private protected abstract Task<SharedBackend> StartAsync();

    private async Task DrillAsync(string guard, string[] loaderArguments, string[] readerArguments, Func<NodeProcess, NodeProcess, NodeProcess, Task> history)
    {
        var guarded = RunAsync("", loaderArguments, readerArguments, history);
        bool isBroken = !await RunAsync(guard, loaderArguments, readerArguments, history);
        Assert.True(await guarded, "what was promised is served with all guards");

        // On a busy machine a step may take so long that another guard, the limit of a load's age, takes the place of the missing one.
        for (int attempt = 1; attempt < Attempts && !isBroken; attempt++)
            isBroken = !await RunAsync(guard, loaderArguments, readerArguments, history);
        Assert.True(isBroken, $"without {guard} the history serves what was invalidated");
    }

    /// <summary>Lets it happen once.</summary>
    /// <returns>Whether the reader serves what was promised at the end.</returns>
    private async Task<bool> RunAsync(
        string without, string[] loaderArguments, string[] readerArguments, Func<NodeProcess, NodeProcess, NodeProcess, Task> history)
    {
        await using var backend = await StartAsync();
        string truth = Path.Combine("/dev/shm", $"cachedattr-drill-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}");
        string[] common = ["truth=" + truth, backend.Argument, "prefix=drill:", "idle=1", "nodes=4", "without=" + without];
        await using var loader = await NodeProcess.StartAsync([.. common, "node=0", .. loaderArguments]);
        await using var writer = await NodeProcess.StartAsync([.. common, "node=1"]);
        await using var reader = await NodeProcess.StartAsync([.. common, "node=2", .. readerArguments]);
        try
        {
            // All have joined, none has the item.
            foreach (var node in new[] { loader, writer, reader })
                await node.AskAsync("read 0");
            await history(loader, writer, reader);
            await reader.AskAsync("follow 0");
            long promised = 1, served = long.Parse(await reader.AskAsync("read " + Item), CultureInfo.InvariantCulture);
            output.WriteLine($"without '{without}': {served} was served, {promised} was promised");
            return served >= promised;
        }
        finally
        {
            File.Delete(truth);
        }
    }
}

/// <summary>The drills on Redis.</summary>
public sealed class RedisDrills(ITestOutputHelper output) : GuardDrills(output)
{
    private protected override Task<SharedBackend> StartAsync() => SharedBackend.RedisAsync();
}

/// <summary>The drills on a file of SQLite.</summary>
public sealed class SqliteDrills(ITestOutputHelper output) : GuardDrills(output)
{
    private protected override Task<SharedBackend> StartAsync() => Task.FromResult(SharedBackend.Sqlite());
}

/// <summary>The drills on PostgreSQL.</summary>
public sealed class PostgresDrills(ITestOutputHelper output) : GuardDrills(output)
{
    private protected override Task<SharedBackend> StartAsync() => SharedBackend.PostgresAsync();
}
