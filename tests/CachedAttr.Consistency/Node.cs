using System.Diagnostics;
using CachedAttr.Backends;
using CachedAttr.Invalidation;

namespace CachedAttr.Consistency;

/// <summary>One process: reads, writes and invalidates, and checks every answer against the truth.</summary>
internal sealed class Node(NodeOptions options, Cache cache, Truth truth)
{
    private const int Readers = 3;
    private static readonly long Second = Stopwatch.Frequency;

    private readonly ItemService _service = new(cache, truth, options.Seed + options.Node);
    private readonly long[] _issued = new long[Truth.Count];
    private readonly (long Version, long Delay)[] _late = new (long, long)[Truth.Count];
    private readonly NodeReport _report = new();
    private readonly HoldUps _holdUps = new((ResilientBackend)cache.Backend!.Backend);
    private long _reads;
    private long _writes;
    private long _ownStale;
    private long _seenStale;
    private long _lateStale;
    private long _exceptions;
    private Task<long>? _holding;

    /// <summary>Whether "late" is counted: not while the test breaks something.</summary>
    public volatile bool IsHealthy = true;

    /// <summary>Whether it uses its backend, and the backend has everything of it.</summary>
    public bool IsTrusted => cache.Backend!.Backend is ResilientBackend { IsTrusted: true, Pending: 0 };

    /// <summary>What there is to say of a backend that is not used.</summary>
    public string DescribeBackend()
    {
        var backend = (ResilientBackend)cache.Backend!.Backend;
        return $"trusted {backend.IsTrusted}, breaker {backend.Breaker}, {backend.Pending} pending, {backend.Faults} faults, position {cache.Backend.Follower.Position}, epoch {cache.Backend.Follower.Epoch}";
    }

    public async Task RunAsync(CancellationToken stop)
    {
        for (int item = 0; item < Truth.Count; item++)
        {
            if (item % options.Nodes == options.Node)
                truth.Mend(item);
        }

        var readers = Enumerable.Range(0, Readers).Select(reader => Task.Run(() => ReadAsync(new Random(HashCode.Combine(options.Seed, options.Node, reader)), stop), CancellationToken.None));
        var writer = Task.Run(() => WriteAsync(new Random(HashCode.Combine(options.Seed, options.Node, -1)), stop), CancellationToken.None);
        _ = _holdUps.WatchAsync();
        await Task.WhenAll([.. readers, writer]);
    }

    /// <summary>How many items this process does not serve in the version that has been promised.</summary>
    public async Task<int> CountStaleAsync()
    {
        int stale = 0;
        for (int item = 0; item < Truth.Count; item++)
        {
            long promised = truth.Promised(item);
            long served = await CheckAsync(item);
            if (served >= promised)
                continue;
            stale++;
            _report.Example($"end: item {item} is {served}, {promised} was promised; position {cache.Backend!.Follower.Position}, {((ResilientBackend)cache.Backend.Backend).Pending} pending");
        }

        return stale;
    }

    /// <summary>Does one thing, and says what came of it.</summary>
    public async Task<string> DrillAsync(string what, int item)
    {
        int group = item / Truth.Items, place = item % Truth.Items;
        HeldLoad held;
        switch (what)
        {
            case "hold":
                await cache.Backend!.Follower.FollowAsync(); // its stamp is of now
                held = _service.Held[item] = new HeldLoad();
                _holding = _service.GetAsync(group, place);
                await held.Read.Task;
                return "ok";
            case "release":
                _service.Held[item].Released.SetResult();
                _service.Held.TryRemove(item, out _);
                long loaded = await _holding!;
                while (cache.Backend!.IsWriting)
                    await Task.Delay(1); // its store is on its way
                return Text(loaded);
            case "follow":
                await cache.Backend!.Follower.FollowAsync();
                return "ok";
            case "begin-locked":
                held = _service.Held[item] = new HeldLoad();
                _holding = _service.GetLockedAsync(group, place);
                return "ok";
            case "finish-locked":
                _service.Held[item].Released.TrySetResult();
                return Text(await _holding!);
            case "loads":
                return Text(_service.Loads);
            case "read":
                return Text(await _service.GetAsync(group, place));
            case "write":
                return Text(await _service.UpdateAsync(group, place));
            default:
                return Text((await _service.UpdateGroupAsync(group, item % options.Nodes, options.Nodes)).Max());
        }
    }

    private static string Text(long version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public NodeReport Report()
    {
        for (int item = 0; item < Truth.Count; item++)
            Flush(item);
        return new()
        {
            Reads = Interlocked.Read(ref _reads),
            Writes = Interlocked.Read(ref _writes),
            Loads = _service.Loads,
            OwnStale = Interlocked.Read(ref _ownStale),
            SeenStale = Interlocked.Read(ref _seenStale),
            LateStale = Interlocked.Read(ref _lateStale),
            Exceptions = Interlocked.Read(ref _exceptions),
            HeldUp = _holdUps.Total,
            Examples = _report.Examples,
            Delays = _report.Delays,
        };
    }

    private async Task ReadAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            // Some items more often than others.
            int item = Math.Min(random.Next(Truth.Count), random.Next(Truth.Count));
            try
            {
                await CheckAsync(item);
            }
            catch (Exception exception)
            {
                Interlocked.Increment(ref _exceptions);
                _report.Example(exception.ToString());
            }

            if (Interlocked.Increment(ref _reads) % 64 == 0)
                await Task.Delay(1, CancellationToken.None);
        }
    }

    private async Task<long> CheckAsync(int item)
    {
        // In this order: what is known before the call binds its answer.
        var invalidated = truth.LastInvalidation(item);
        long issued = Volatile.Read(ref _issued[item]);
        bool isSeen = cache.Backend!.Follower.Position.Sequence >= invalidated.Sequence && invalidated.Sequence != 0;
        long began = Stopwatch.GetTimestamp();
        long version = await _service.GetAsync(item / Truth.Items, item % Truth.Items);
        if (version < issued)
        {
            Interlocked.Increment(ref _ownStale);
            _report.Example($"own: item {item} was {version} after {issued} was invalidated here");
        }

        if (isSeen && version < invalidated.Version)
        {
            Interlocked.Increment(ref _seenStale);
            _report.Example($"seen: item {item} was {version} after {invalidated.Version} at {invalidated.Sequence}, position {cache.Backend.Follower.Position}");
        }

        if (invalidated.Sequence != 0 && version < invalidated.Version)
            Late(item, invalidated.Version, began - invalidated.At, _holdUps.Since(invalidated.At));
        return version;
    }

    private void Late(int item, long version, long delay, long heldUp)
    {
        if (!IsHealthy || delay < 0)
            return;
        if (delay - heldUp > Second)
        {
            Interlocked.Increment(ref _lateStale);
            _report.Example($"late: item {item} below {version} after {delay * 1000 / Second} ms, {heldUp * 1000 / Second} of them held up");
        }

        lock (_late)
        {
            if (_late[item].Version != version)
                Flush(item);
            _late[item] = (version, Math.Max(_late[item].Delay, delay));
        }
    }

    private void Flush(int item)
    {
        lock (_late)
        {
            if (_late[item].Version != 0)
                _report.Delay(_late[item].Delay * 1_000_000 / Second);
            _late[item] = default;
        }
    }

    private async Task WriteAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                int group = random.Next(Truth.Groups);
                if (random.Next(4) == 0)
                {
                    long[] versions = random.Next(2) == 0
                        ? await _service.UpdateGroupAsync(group, options.Node, options.Nodes)
                        : await _service.UpdateGroupByTagAsync(group, options.Node, options.Nodes);
                    int[] items = [.. Enumerable.Range(0, Truth.Items).Where(item => ItemService.Owner(group, item, options.Nodes) == options.Node)];
                    for (int i = 0; i < items.Length; i++)
                        Invalidated((group * Truth.Items) + items[i], versions[i]);
                }
                else
                {
                    int item = random.Next(Truth.Items);
                    if (ItemService.Owner(group, item, options.Nodes) != options.Node)
                        continue;
                    Invalidated((group * Truth.Items) + item, await _service.UpdateAsync(group, item));
                }

                Interlocked.Increment(ref _writes);
            }
            catch (Exception exception)
            {
                Interlocked.Increment(ref _exceptions);
                _report.Example(exception.ToString());
            }

            await Task.Delay(random.Next(20), CancellationToken.None);
        }
    }

    private void Invalidated(int item, long version)
    {
        Volatile.Write(ref _issued[item], version);

        // Up to here the log has been followed, and the invalidation is in it, unless the backend was away.
        var backend = (ResilientBackend)cache.Backend!.Backend;
        bool isAppended = backend is { IsTrusted: true, Pending: 0 } && cache.Log.Head % (1L << InvalidationLog.ExtraBits) == 0;
        truth.Invalidated(item, version, isAppended ? cache.Backend.Follower.Position.Sequence : 0, Stopwatch.GetTimestamp());
    }
}
