using System.Diagnostics;
using System.Globalization;
using CachedAttr.Backends;
using CachedAttr.Consistency;
using CachedAttr.Database.Sqlite;
using CachedAttr.Keys;
using Xunit.Abstractions;

namespace CachedAttr.Database.Tests;

/// <summary>A process that writes into a file is killed at a random moment, again and again.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 200;

    private readonly TemporaryFolder _folder = new();
    private readonly ListLogger _logger = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_a_kill_the_file_opens_entries_are_whole_and_none_is_older_than_an_invalidation()
    {
        // Two at a time work on files of their own: most of the time goes into starting processes.
        var totals = await Task.WhenAll(Task.Run(() => KillAsync(0, Kills / 2)), Task.Run(() => KillAsync(1, Kills / 2)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Kills} kills, {totals.Sum(t => t.Entries)} entries read, {totals.Sum(t => t.Invalidations)} invalidations that had returned"));
        Assert.True(totals.Sum(static total => total.Entries) > Kills * 10 && totals.Sum(static total => total.Invalidations) > Kills * 10, "the processes were killed before they wrote");
        Assert.Empty(_logger.Named("FileMovedAside"));
    }

    private async Task<(long Entries, long Invalidations)> KillAsync(int file, int kills)
    {
        string path = Path.Combine(_folder.Path, $"{file}.db");
        var random = new Random(20261121 + file);
        var promised = new Dictionary<string, long>(StringComparer.Ordinal);
        long entries = 0, invalidations = 0, epoch = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            foreach (string line in await RunAsync(path, random))
            {
                string[] said = line.Split(' ');
                string what = said[0] == "pattern" ? said[1] : Exact(said[1]);
                promised[what] = Math.Max(promised.GetValueOrDefault(what), long.Parse(said[2], CultureInfo.InvariantCulture));
                invalidations++;
            }

            await using var backend = new SqliteBackend(new() { KeyPrefix = CrashWriter.Prefix, Logger = _logger }, path);
            var page = await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
            Assert.True(epoch == 0 || epoch == page.Epoch, "the log was lost");
            epoch = page.Epoch;
            entries += await CheckAsync(backend, promised, page);
        }

        return (entries, invalidations);
    }

    /// <summary>Every entry is whole, and either newer than what had been promised or rejected by the log.</summary>
    private static async Task<int> CheckAsync(SqliteBackend backend, Dictionary<string, long> promised, LogPage page)
    {
        int entries = 0;
        for (int i = 0; i < CrashWriter.Keys; i++)
        {
            string key = i.ToString(CultureInfo.InvariantCulture);
            if (await backend.GetAsync(key, BackendCall.Async()) is not { } bytes)
                continue;
            Assert.True(EntryHeader.TryRead(new(bytes), out var header, out var payload));
            if (header.IsTombstone)
                continue;
            entries++;
            Assert.True(CrashWriter.IsWhole(payload.FirstSpan), "half an entry");
            bool isRejected = page.Records.Any(record => record.Sequence > header.Stamp && Concerns(record.What, key));
            long promise = Math.Max(promised.GetValueOrDefault(Exact(key)), promised.GetValueOrDefault(key[0] + "*"));
            Assert.True(isRejected || header.Stamp >= promise, $"'{key}' has stamp {header.Stamp}, and {promise} was promised");
        }

        return entries;
    }

    private static bool Concerns(InvalidationTarget what, string key) =>
        what.Kind == InvalidationKind.Key ? what.Text == key : KeyPattern.Parse(what.Text).IsMatch(key);

    private static string Exact(string key) => "=" + key;

    /// <summary>Lets a process write, kills it, and returns what it has said.</summary>
    private static async Task<List<string>> RunAsync(string path, Random random)
    {
        string seed = random.Next().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CachedAttr.Consistency.dll"), "write", path, seed]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync());
        var said = new List<string>();
        int lines = random.Next(3, 40);
        while (said.Count < lines && await process.StandardOutput.ReadLineAsync() is { } line)
            said.Add(line);

        // Somewhere within the next milliseconds, and not only right after an invalidation.
        SpinWait.SpinUntil(static () => false, random.Next(5));
        process.Kill();
        await process.WaitForExitAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            said.Add(line);

        // The last may be half a line.
        return [.. said.Where(static line => line.Split(' ') is [_, _, { Length: 16 }])];
    }
}
