using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis.Tests;

/// <summary>
/// Invalidations in a cluster by processes that die between their steps, slow loads, and observers who have forgotten everything but what the log still has. Nobody who
/// has seen a record may find an older value under its key, also when the record is forgotten.
/// </summary>
public sealed class ClusterCrashTests(RedisCluster cluster) : IClassFixture<RedisCluster>
{
    private const int Keys = 40;
    private static readonly BackendSettings Settings = new() { KeyPrefix = "crash:", MaxLoad = TimeSpan.FromMilliseconds(400) };

    private readonly int[] _truth = new int[Keys];
    private readonly ConcurrentDictionary<long, int> _versions = new();
    private readonly ConcurrentBag<string> _violations = [];
    private int _served;

    [Fact]
    public async Task Whoever_dies_in_between_leaves_nothing_old_behind()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(6));
        await RunAsync("safe:", blocks: true, end);
        Assert.Empty(_violations);
        Assert.True(_served > 100, "hardly anything was served");
    }

    [Fact]
    public async Task Without_a_block_old_values_come_back()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await RunAsync("unsafe:", blocks: false, end);
        Assert.NotEmpty(_violations);
    }

    private async Task RunAsync(string prefix, bool blocks, CancellationTokenSource end)
    {
        var settings = Settings with { KeyPrefix = Settings.KeyPrefix + prefix };
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(cluster.EndPoints);
        await using var backend = new RedisBackend(settings, multiplexer);
        await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
        var mortal = new Mortal(multiplexer.GetDatabase(), settings);
        var tasks = new List<Task>();
        for (int i = 0; i < 3; i++)
        {
            tasks.Add(LoopAsync(random => InvalidateAsync(backend, mortal, random, blocks), new Random(i), end));
            tasks.Add(LoopAsync(_ => ObserveAsync(backend, new int[Keys], end), new Random(10 + i), end));
        }

        for (int i = 0; i < 40; i++)
            tasks.Add(LoopAsync(random => LoadAsync(backend, random), new Random(100 + i), end));
        await Task.WhenAll(tasks);
    }

    private static async Task LoopAsync(Func<Random, Task> action, Random random, CancellationTokenSource end)
    {
        while (!end.IsCancellationRequested)
            await action(random);
    }

    private async Task InvalidateAsync(RedisBackend backend, Mortal mortal, Random random, bool blocks)
    {
        int key = random.Next(Keys);
        int version = Interlocked.Increment(ref _truth[key]);
        double fate = random.NextDouble();
        LogPage? page = fate switch
        {
            < 0.4 => await backend.InvalidateAsync([Target(key)], LogPosition.None, BackendCall.Async()),
            < 0.6 => await backend.PutAsync(Name(key), Entry(default, version), TimeSpan.FromMinutes(1), LogPosition.None, BackendCall.Async()),
            _ => await mortal.InvalidateAsync(Target(key), blocks, appends: fate < 0.9),
        };
        if (page is not null)
            _versions[page.Appended] = version;
        await Task.Delay(random.Next(20));
    }

    private async Task LoadAsync(RedisBackend backend, Random random)
    {
        int key = random.Next(Keys);
        var position = (await backend.ReadLogAsync(LogPosition.None, BackendCall.Async())).End;
        await Task.Delay(random.Next(150));
        int version = Volatile.Read(ref _truth[key]);
        await Task.Delay(random.Next(300));
        await backend.SetAsync(Name(key), Entry(position, version), TimeSpan.FromMinutes(1), BackendCall.Async());
    }

    private async Task ObserveAsync(RedisBackend backend, int[] seen, CancellationTokenSource end)
    {
        while (!end.IsCancellationRequested)
        {
            var page = await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
            var last = page.Records.ToDictionary(static record => record.What.Text, static record => record.Sequence, StringComparer.Ordinal);
            for (int key = 0; key < Keys; key++)
            {
                if (last.TryGetValue(Name(key), out long sequence) && _versions.TryGetValue(sequence, out int version))
                    seen[key] = Math.Max(seen[key], version);
                if (await backend.GetAsync(Name(key), BackendCall.Async()) is not { } entry || !EntryHeader.TryRead(new(entry), out var header, out var payload))
                    continue;
                if (header.IsTombstone || header.Epoch != page.Epoch || header.Stamp < sequence)
                    continue;
                Interlocked.Increment(ref _served);
                int found = int.Parse(Encoding.ASCII.GetString(payload.ToArray()), CultureInfo.InvariantCulture);
                if (found >= seen[key])
                    continue;
                _violations.Add($"{Name(key)}: version {found} after {seen[key]}");
                await end.CancelAsync();
            }
        }
    }

    private static string Name(int key) => "k" + key.ToString(CultureInfo.InvariantCulture);

    private static InvalidationTarget Target(int key) => new(InvalidationKind.Key, Name(key));

    private static byte[] Entry(LogPosition position, int version)
    {
        byte[] payload = Encoding.ASCII.GetBytes(version.ToString(CultureInfo.InvariantCulture));
        byte[] entry = new byte[EntryHeader.Length + payload.Length];
        new EntryHeader { Epoch = position.Epoch, Stamp = position.Sequence }.Write(entry);
        payload.CopyTo(entry, EntryHeader.Length);
        return entry;
    }

    /// <summary>A process that blocks, perhaps appends, and never settles.</summary>
    private sealed class Mortal(IDatabase database, BackendSettings settings)
    {
        private readonly RedisKeys _keys = new(settings.KeyPrefix);

        public async Task<LogPage?> InvalidateAsync(InvalidationTarget what, bool blocks, bool appends)
        {
            long tombstone = RedisAppender.Milliseconds(settings.TombstoneTimeToLive);
            if (blocks)
                await RedisScript.Block.RunAsync(database, [_keys.Entry(what.Text)], [Random.Shared.NextInt64(1, CounterEntry.MaxValue), tombstone], BackendCall.Async());
            if (!appends)
                return null;
            RedisValue[] values = [.. RedisLog.Arguments(settings, LogPosition.None, _keys.Channel), tombstone, (int)what.Kind, what.Text];
            return RedisLog.Read(await RedisScript.Invalidate.RunAsync(database, _keys.Log, values, BackendCall.Async()));
        }
    }
}
