using System.Globalization;
using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Keys;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Entries and the invalidation log in Redis 6 or later, or what speaks its language.</summary>
/// <remarks>
/// <para>
/// Entries are strings; a tombstone is an entry without a value. Everything that checks and writes is a script (Scripts/*.lua), which the server runs as one
/// step; on a single server the log and the entry of an exact key are written by the same one.
/// </para>
/// <para>
/// In a cluster they are on different nodes. There an exact key is first <em>blocked</em>, by a tombstone that no load can replace, then appended, then
/// settled. Whoever dies in between leaves a block, which ends by itself when no load is left that could bring an older value: misses, and nothing stale.
/// </para>
/// <para>Thread-safe. Calls may wait for ever if the server is frozen: use it behind a <see cref="ResilientBackend"/>, as a cache does.</para>
/// </remarks>
public sealed class RedisBackend : ICacheBackend
{
    private readonly BackendSettings _settings;
    private readonly RedisConnection _connection;
    private readonly RedisKeys _keys;

    /// <summary>Makes a backend over a connection.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="connection">How Redis is reached; disposed with this.</param>
    internal RedisBackend(BackendSettings settings, RedisConnection connection)
    {
        _settings = settings;
        _connection = connection;
        _keys = new(settings.KeyPrefix);
    }

    /// <summary>Makes a backend over a multiplexer of the application's own, which is not disposed with it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="multiplexer">The multiplexer.</param>
    /// <param name="database">The database's number; -1 for the multiplexer's default.</param>
    public RedisBackend(BackendSettings settings, IConnectionMultiplexer multiplexer, int database = -1)
        : this(settings, new SharedRedisConnection(multiplexer, database))
    {
    }

    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call)
    {
        var database = await OpenAsync(call).ConfigureAwait(false);
        return Bytes(call.IsSynchronous ? database.StringGet(_keys.Entry(key)) : await database.StringGetAsync(_keys.Entry(key)).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        var database = await OpenAsync(call).ConfigureAwait(false);
        var found = new ReadOnlyMemory<byte>?[keys.Count];
        if (_connection.IsCluster)
        {
            // One command may only name keys of one slot. All are sent at once all the same, and the client brings each to its node.
            var answers = new Task<RedisValue>[found.Length];
            for (int i = 0; i < found.Length; i++)
                answers[i] = call.IsSynchronous ? Task.FromResult(database.StringGet(_keys.Entry(keys[i]))) : database.StringGetAsync(_keys.Entry(keys[i]));
            for (int i = 0; i < found.Length; i++)
                found[i] = Bytes(await answers[i].ConfigureAwait(false));
        }
        else if (found.Length > 0)
        {
            var wanted = keys.Select(_keys.Entry).ToArray();
            var values = call.IsSynchronous ? database.StringGet(wanted) : await database.StringGetAsync(wanted).ConfigureAwait(false);
            for (int i = 0; i < found.Length; i++)
                found[i] = Bytes(values[i]);
        }

        return found;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) =>
        (int)await RunAsync(RedisScript.Set, [_keys.Entry(key)], [Value(entry), Milliseconds(timeToLive), (long)_settings.MaxLoad.TotalMicroseconds], call)
            .ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public async ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call)
    {
        await OpenAsync(call).ConfigureAwait(false);
        if (_connection.IsCluster)
            return await AppendInClusterAsync([new(InvalidationKind.Key, key)], after, call, (entry, timeToLive)).ConfigureAwait(false);
        return RedisLog.Read(await RunAsync(
            RedisScript.Put,
            [.. _keys.Log, _keys.Entry(key)],
            [.. RedisLog.Arguments(_settings, after, _keys.Channel), Milliseconds(timeToLive), key, Value(entry)],
            call).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call)
    {
        await OpenAsync(call).ConfigureAwait(false);
        return _connection.IsCluster
            ? await AppendInClusterAsync(what, after, call, put: null).ConfigureAwait(false)
            : await AppendAsync(what, what.Where(IsKey).Select(one => _keys.Entry(one.Text)), after, call).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) =>
        RedisLog.Read(await RunAsync(RedisScript.Read, _keys.Log, [.. RedisLog.Arguments(_settings, after, _keys.Channel)], call).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken)
    {
        await OpenAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        return await RedisWatch.BeginAsync(_connection, _keys.Channel, watcher).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        long removed = 0;
        var running = keys.Select(key => RunAsync(RedisScript.Remove, [_keys.Entry(key)], [], call).AsTask()).ToList();
        foreach (var one in running)
            removed += (long)await one.ConfigureAwait(false);
        return removed;
    }

    /// <inheritdoc/>
    public async ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call)
    {
        var database = await OpenAsync(call).ConfigureAwait(false);
        var entry = _keys.Entry(key);
        var left = call.IsSynchronous ? Task.FromResult(database.KeyTimeToLive(entry)) : database.KeyTimeToLiveAsync(entry);
        bool isEntry = call.IsSynchronous ? IsEntry(database.StringGetRange(entry, 0, EntryHeader.Length - 1)) : await IsEntryAsync(database, entry).ConfigureAwait(false);
        var timeToLive = await left.ConfigureAwait(false);
        return isEntry ? timeToLive : null;
    }

    /// <inheritdoc/>
    public async ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call)
    {
        try
        {
            var result = await RunAsync(
                RedisScript.Increment,
                [_keys.Entry(key)],
                [increment.By, Milliseconds(increment.TimeToLive), increment.Position.Epoch, increment.Position.Sequence, increment.NotBefore],
                call).ConfigureAwait(false);
            return long.Parse((string)result!, CultureInfo.InvariantCulture);
        }
        catch (RedisServerException exception) when (exception.Message.Contains("OUTOFRANGE", StringComparison.Ordinal))
        {
            throw new OverflowException(FormattableString.Invariant($"The counter under '{key}' would be beyond {CounterEntry.MaxValue} with {increment.By} more."), exception);
        }
        catch (RedisServerException exception) when (exception.Message.Contains("NOTANUMBER", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"The value under '{key}' is not a whole number, so it cannot be incremented. Use another key for the counter.", exception);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var database = await OpenAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        await foreach (var batch in RedisScan.BatchesAsync(_connection, _keys.Prefix + pattern.LiteralPrefix, cancellationToken).ConfigureAwait(false))
        {
            var candidates = batch.Select(_keys.KeyOf).OfType<string>().Where(key => pattern.IsMatch(key)).ToList();
            var areEntries = await Task.WhenAll(candidates.Select(key => IsEntryAsync(database, _keys.Prefix + key))).ConfigureAwait(false);
            for (int i = 0; i < candidates.Count; i++)
            {
                if (areEntries[i])
                    yield return candidates[i];
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call)
    {
        var database = await OpenAsync(call).ConfigureAwait(false);
        var held = new RedisLock(database, _keys.Lock(name));
        return await held.TakeAsync(expiry, call).ConfigureAwait(false) ? held : null;
    }

    /// <inheritdoc/>
    public async ValueTask<BackendStatus> GetStatusAsync(BackendCall call)
    {
        var database = await OpenAsync(call).ConfigureAwait(false);
        var info = call.IsSynchronous ? database.Execute("INFO") : await database.ExecuteAsync("INFO").ConfigureAwait(false);
        long records = 0;
        foreach (var set in _keys.Log.Skip(1))
            records += call.IsSynchronous ? database.SortedSetLength(set) : await database.SortedSetLengthAsync(set).ConfigureAwait(false);
        return RedisStatus.Read((string)info!, database.Database) with { Backend = Name, Location = _connection.Description, LogRecords = records };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static bool IsKey(InvalidationTarget one) => one.Kind == InvalidationKind.Key;

    private static bool IsEntry(RedisValue head) =>
        (byte[]?)head is { Length: > 0 } bytes && !(EntryHeader.TryReadStamp(bytes, out _, out var flags) && (flags & EntryFlags.Tombstone) != EntryFlags.None);

    private static async Task<bool> IsEntryAsync(IDatabase database, RedisKey key) =>
        IsEntry(await database.StringGetRangeAsync(key, 0, EntryHeader.Length - 1).ConfigureAwait(false));

    private static ReadOnlyMemory<byte>? Bytes(RedisValue value) => value.IsNull ? default(ReadOnlyMemory<byte>?) : (byte[])value!;

    // The client takes arrays only; what the cache hands over is one as a rule.
    private static RedisValue Value(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : bytes.ToArray();

    private static long Milliseconds(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalMilliseconds));

    private async ValueTask<LogPage> AppendAsync(IEnumerable<InvalidationTarget> what, IEnumerable<RedisKey> entries, LogPosition after, BackendCall call) => RedisLog.Read(await RunAsync(
        RedisScript.Invalidate,
        [.. _keys.Log, .. entries],
        [
            .. RedisLog.Arguments(_settings, after, _keys.Channel), Milliseconds(_settings.TombstoneTimeToLive),
            .. what.SelectMany(static one => new RedisValue[] { (int)one.Kind, one.Text }),
        ],
        call).ConfigureAwait(false));

    /// <summary>Block, append, settle: see the remarks of the class. A token of its own keeps two that do it at once apart.</summary>
    private async ValueTask<LogPage> AppendInClusterAsync(
        IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call, (ReadOnlyMemory<byte> Entry, TimeSpan TimeToLive)? put)
    {
        long token = Random.Shared.NextInt64(1, CounterEntry.MaxValue);
        long tombstone = Milliseconds(_settings.TombstoneTimeToLive);
        string[] keys = [.. what.Where(IsKey).Select(static one => one.Text)];
        foreach (string key in keys)
            await RunAsync(RedisScript.Block, [_keys.Entry(key)], [token, tombstone], call).ConfigureAwait(false);
        var page = await AppendAsync(what, [], after, call).ConfigureAwait(false);
        foreach (string key in keys)
        {
            // The record's own number, or the last one's: a tombstone with a higher stamp only keeps out more.
            await RunAsync(
                RedisScript.Settle,
                [_keys.Entry(key)],
                [token, page.Epoch, page.Appended, put is { } own ? Milliseconds(own.TimeToLive) : tombstone, put is { } entry ? Value(entry.Entry) : ""],
                call).ConfigureAwait(false);
        }

        return page;
    }

    private async ValueTask<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, BackendCall call)
    {
        var database = await OpenAsync(call).ConfigureAwait(false);
        return await script.RunAsync(database, keys, values, call.IsSynchronous).ConfigureAwait(false);
    }

    private ValueTask<IDatabase> OpenAsync(BackendCall call)
    {
        if (call.CancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IDatabase>(call.CancellationToken);
        return _connection.OpenAsync(call);
    }
}
