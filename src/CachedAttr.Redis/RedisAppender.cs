using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Invalidates: the record in the log, and what takes the place of an exact key's entry.</summary>
/// <remarks>
/// <para>On a single server both are written by one script: whatever ends in between, there is neither or both.</para>
/// <para>
/// In a cluster they are on different nodes, and there are three steps. <b>Block</b>: a tombstone with the highest stamp takes the entry's place; no load can be
/// stored. <b>Append</b>: the record. <b>Settle</b>: the block becomes the tombstone with the record's number, or the entry that was set by hand. What this has to
/// keep is: once somebody knows the record, nothing that was loaded before it is under the key, and nothing of that kind comes later. (Who knows the record
/// rejects older stamps, but records of exact keys are forgotten after the longest load; from then on it is the entry alone that counts.)
/// </para>
/// <list type="bullet">
/// <item>Ended before the block: nothing has happened, and the caller, who got no answer, invalidates again.</item>
/// <item>
/// Ended after the block: entries are missing until it expires. The caller invalidates again. The block outlives all loads that began before it, as every
/// tombstone does. A load that begins later may read the source as it is now, which is what the invalidation stands for.
/// </item>
/// <item>
/// Ended after the append, before settling: the same block keeps out all loads that began before it; those that began between block and append read the updated
/// source, and are rejected all the same by who knows the record: misses.
/// </item>
/// <item>
/// The block has expired before the append (a process paused in between): all loads that began before the block are older than the longest load by then, and are
/// refused for their age. Settling writes over whatever has a lower stamp than the record.
/// </item>
/// <item>
/// Two at once: a later block takes the place of an earlier one, and outlives it. The earlier one's settling leaves the later block alone: only its owner makes a
/// tombstone of it, with the number of a record that was appended after both blocks. What is admitted from then on began after that, and read both updates.
/// </item>
/// </list>
/// <para>The age is by the clock of the entry's node and the stamp by that of the log's: they may differ by five seconds, the margin of a tombstone's time.</para>
/// </remarks>
internal sealed class RedisAppender(BackendSettings settings, RedisConnection connection, RedisKeys keys)
{
    private readonly long _tombstone = Milliseconds(settings.TombstoneTimeToLive);

    /// <summary>At least one: Redis has no shorter time to live.</summary>
    public static long Milliseconds(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalMilliseconds));

    public async ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call)
    {
        var database = await connection.OpenAsync(call).ConfigureAwait(false);
        if (!connection.IsCluster)
            return await AppendAsync(database, what, what.Where(IsKey).Select(one => keys.Entry(one.Text)), after, call).ConfigureAwait(false);
        RedisKey[] entries = [.. what.Where(IsKey).Select(one => keys.Entry(one.Text)).Distinct()];
        return await InClusterAsync(database, what, entries, [_tombstone, ""], after, call).ConfigureAwait(false);
    }

    public async ValueTask<LogPage> PutAsync(string key, RedisValue entry, TimeSpan timeToLive, LogPosition after, BackendCall call)
    {
        var database = await connection.OpenAsync(call).ConfigureAwait(false);
        long milliseconds = Milliseconds(timeToLive);
        if (connection.IsCluster)
            return await InClusterAsync(database, [new(InvalidationKind.Key, key)], [keys.Entry(key)], [milliseconds, entry], after, call).ConfigureAwait(false);
        RedisValue[] values = [.. RedisLog.Arguments(settings, after, keys.Channel), milliseconds, key, entry, _tombstone];
        return RedisLog.Read(await RedisScript.Put.RunAsync(database, [.. keys.Log, keys.Entry(key)], values, call).ConfigureAwait(false));
    }

    private static bool IsKey(InvalidationTarget one) => one.Kind == InvalidationKind.Key;

    private async ValueTask<LogPage> AppendAsync(
        IDatabase database, IEnumerable<InvalidationTarget> what, IEnumerable<RedisKey> entries, LogPosition after, BackendCall call)
    {
        var records = what.SelectMany(static one => new RedisValue[] { (int)one.Kind, one.Text });
        RedisValue[] values = [.. RedisLog.Arguments(settings, after, keys.Channel), _tombstone, .. records];
        return RedisLog.Read(await RedisScript.Invalidate.RunAsync(database, [.. keys.Log, .. entries], values, call).ConfigureAwait(false));
    }

    private async ValueTask<LogPage> InClusterAsync(
        IDatabase database, IReadOnlyList<InvalidationTarget> what, RedisKey[] entries, RedisValue[] settled, LogPosition after, BackendCall call)
    {
        // So that each of two that are at the same key knows its own block.
        long token = Random.Shared.NextInt64(1, CounterEntry.MaxValue);
        await ForEachAsync(entries, entry => RedisScript.Block.RunAsync(database, [entry], [token, _tombstone], call), call).ConfigureAwait(false);
        var page = await AppendAsync(database, what, [], after, call).ConfigureAwait(false);

        // With several keys it is the number of the last: a tombstone with a higher stamp only keeps out more.
        await ForEachAsync(
            entries, entry => RedisScript.Settle.RunAsync(database, [entry], [token, page.Epoch, page.Appended, .. settled, _tombstone], call), call).ConfigureAwait(false);
        return page;
    }

    /// <summary>All at once; one after the other where no task may be waited for.</summary>
    private static async ValueTask ForEachAsync(RedisKey[] entries, Func<RedisKey, ValueTask<RedisResult>> action, BackendCall call)
    {
        if (!call.IsSynchronous)
        {
            await Task.WhenAll(entries.Select(entry => action(entry).AsTask())).ConfigureAwait(false);
            return;
        }

        foreach (var entry in entries)
            await action(entry).ConfigureAwait(false);
    }
}
