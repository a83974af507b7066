using System.Globalization;
using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Keys;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>The calls of <see cref="RedisBackend"/> as the client makes them, with the client's exceptions.</summary>
internal sealed class RedisStore
{
    private const int RemovedAtOnce = 500;

    private readonly BackendSettings _settings;
    private readonly RedisConnection _connection;
    private readonly RedisKeys _keys;
    private readonly RedisAppender _appender;
    private readonly RedisReads _reads = new();

    public RedisStore(BackendSettings settings, RedisConnection connection)
    {
        _settings = settings;
        _connection = connection;
        _keys = new(settings.KeyPrefix);
        _appender = new(settings, connection, _keys);
    }

    /// <summary>The call that matters: one state machine for everything around the client's own, so its faults are explained here.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call)
    {
        Task? reading = null;
        bool isAlone = false;
        try
        {
            var database = await _connection.OpenAsync(call).ConfigureAwait(false);
            var entry = _keys.Entry(key);
            if (call.IsSynchronous)
                return Bytes(database.StringGet(entry));
            if (!_connection.IsCluster)
            {
                isAlone = !_reads.TryJoin(database, entry, out var shared, out int index);
                reading = shared;
                if (shared is not null)
                    return Bytes((await shared.WaitAsync(call.CancellationToken).ConfigureAwait(false))[index]);
            }

            var alone = database.StringGetAsync(entry);
            reading = alone;
            return Bytes(await alone.WaitAsync(call.CancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (reading is { IsCompleted: false })
        {
            RedisCall.Observe(reading);
            throw;
        }
        catch (Exception exception) when (RedisFault.IsFault(exception))
        {
            throw await _connection.ExplainAsync(exception, call).ConfigureAwait(false);
        }
        finally
        {
            if (isAlone)
                _reads.Ended();
        }
    }

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        var database = await _connection.OpenAsync(call).ConfigureAwait(false);
        RedisKey[] wanted = [.. keys.Select(_keys.Entry)];
        if (wanted.Length == 0)
            return [];
        return Array.ConvertAll(await GetAsync(database, wanted, call).ConfigureAwait(false), Bytes);
    }

    public async ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call)
    {
        var database = await _connection.OpenAsync(call).ConfigureAwait(false);
        RedisKey[] keys = _connection.IsCluster ? [_keys.Entry(key)] : [_keys.Entry(key), _keys.LogMeta, _keys.LogKeys];
        RedisValue[] values = [Value(entry), RedisAppender.Milliseconds(timeToLive), (long)_settings.MaxLoad.TotalMicroseconds, key];
        return (int)await RedisScript.Set.RunAsync(database, keys, values, call).ConfigureAwait(false) == 1;
    }

    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        _appender.PutAsync(key, Value(entry), timeToLive, after, call);

    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        _appender.InvalidateAsync(what, after, call);

    public async ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) =>
        RedisLog.Read(await RunAsync(RedisScript.Read, _keys.Log, [.. RedisLog.Arguments(_settings, after, _keys.Channel)], call).ConfigureAwait(false));

    public async ValueTask<CheckedEntry> GetCheckedAsync(string? key, LogPosition position, BackendCall call)
    {
        var database = await _connection.OpenAsync(call).ConfigureAwait(false);
        RedisKey[] keys = key is null ? [_keys.LogHead] : [_keys.LogHead, _keys.Entry(key)];
        var values = await GetAsync(database, keys, call).ConfigureAwait(false);
        return new(RedisLog.IsAt(values[0], position), key is null ? null : Bytes(values[1]));
    }

    public async ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken)
    {
        await _connection.OpenAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        return await RedisWatch.BeginAsync(_connection, _keys.Channel, watcher).EndsWithAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        await _connection.OpenAsync(call).ConfigureAwait(false);

        // A script may take as long as it does not keep the others waiting; in a cluster its keys have to be in one slot.
        long removed = 0;
        foreach (var batch in keys.Select(_keys.Entry).Chunk(_connection.IsCluster ? 1 : RemovedAtOnce).Chunk(RemovedAtOnce))
        {
            var running = Array.ConvertAll(batch, entries => RunAsync(RedisScript.Remove, entries, [], call).AsTask());
            foreach (var one in running)
                removed += (long)await one.ConfigureAwait(false);
        }

        return removed;
    }

    public async ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call)
    {
        var database = await _connection.OpenAsync(call).ConfigureAwait(false);
        var entry = _keys.Entry(key);
        if (call.IsSynchronous)
            return IsEntry(database.StringGetRange(entry, 0, EntryHeader.Length - 1)) ? database.KeyTimeToLive(entry) : null;
        var left = database.KeyTimeToLiveAsync(entry).EndsWithAsync(call.CancellationToken);
        bool isEntry = IsEntry(await database.StringGetRangeAsync(entry, 0, EntryHeader.Length - 1).EndsWithAsync(call.CancellationToken).ConfigureAwait(false));
        var timeToLive = await left.ConfigureAwait(false);
        return isEntry ? timeToLive : null;
    }

    public async ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call)
    {
        RedisValue[] values =
        [
            increment.By, RedisAppender.Milliseconds(increment.TimeToLive), increment.Position.Epoch, increment.Position.Sequence, increment.NotBefore,
        ];
        try
        {
            return long.Parse((string)await RunAsync(RedisScript.Increment, [_keys.Entry(key)], values, call).ConfigureAwait(false)!, CultureInfo.InvariantCulture);
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

    /// <summary>The keys in batches, so that whoever goes through them can tell where a call of Redis ends.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var database = await _connection.OpenAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        await foreach (var batch in RedisScan.BatchesAsync(_connection, database.Database, RedisGlob.Of(_keys.Prefix, pattern), cancellationToken).ConfigureAwait(false))
        {
            var candidates = batch.Select(_keys.KeyOf).OfType<string>().Where(key => pattern.IsMatch(key)).ToArray();
            var heads = await Task.WhenAll(candidates.Select(key => database.StringGetRangeAsync(_keys.Prefix + key, 0, EntryHeader.Length - 1)))
                .EndsWithAsync(cancellationToken).ConfigureAwait(false);
            yield return [.. candidates.Where((_, i) => IsEntry(heads[i]))];
        }
    }

    public async ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call)
    {
        var held = new RedisLock(_connection, _keys.Lock(name), expiry);
        return await held.TakeAsync(call).ConfigureAwait(false) ? held : null;
    }

    public async ValueTask<BackendStatus> GetStatusAsync(BackendCall call)
    {
        var database = await _connection.OpenAsync(call).ConfigureAwait(false);
        return await RedisStatus.ReadAsync(_connection, database, _keys, call).ConfigureAwait(false);
    }

    private ValueTask<RedisValue[]> GetAsync(IDatabase database, RedisKey[] keys, BackendCall call) => _connection.IsCluster
        ? RedisSlots.GetAsync(database, keys, call)
        : call.DoAsync((database, keys), static all => all.database.StringGet(all.keys), static all => all.database.StringGetAsync(all.keys));

    private static bool IsEntry(RedisValue head) =>
        (byte[]?)head is { Length: > 0 } bytes && !(EntryHeader.TryReadStamp(bytes, out _, out var flags) && (flags & EntryFlags.Tombstone) != EntryFlags.None);

    private static ReadOnlyMemory<byte>? Bytes(RedisValue value) => value.IsNull ? default(ReadOnlyMemory<byte>?) : (byte[])value!;

    // The client takes arrays only; what the cache hands over is one as a rule.
    private static RedisValue Value(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : bytes.ToArray();

    private async ValueTask<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, BackendCall call)
    {
        var database = await _connection.OpenAsync(call).ConfigureAwait(false);
        return await script.RunAsync(database, keys, values, call).ConfigureAwait(false);
    }
}
