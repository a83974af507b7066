using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Many keys of a cluster: one command for each slot, all of them sent before the first answer is waited for.</summary>
internal static class RedisSlots
{
    /// <summary>The values in the order of the keys.</summary>
    public static async ValueTask<RedisValue[]> GetAsync(IDatabase database, RedisKey[] keys, BackendCall call)
    {
        var slots = Enumerable.Range(0, keys.Length).GroupBy(i => database.Multiplexer.HashSlot(keys[i])).Select(static slot => slot.ToArray()).ToList();
        var parts = slots.ConvertAll(slot => Array.ConvertAll(slot, i => keys[i]));
        var found = call.IsSynchronous
            ? [.. parts.Select(part => Get(database, part))]
            : await Task.WhenAll(parts.Select(part => GetAsync(database, part))).EndsWithAsync(call.CancellationToken).ConfigureAwait(false);
        var values = new RedisValue[keys.Length];
        for (int slot = 0; slot < slots.Count; slot++)
        {
            for (int i = 0; i < slots[slot].Length; i++)
                values[slots[slot][i]] = found[slot][i];
        }

        return values;
    }

    private static async Task<RedisValue[]> GetAsync(IDatabase database, RedisKey[] keys)
    {
        if (keys.Length == 1)
            return [await database.StringGetAsync(keys[0]).ConfigureAwait(false)];
        try
        {
            return await database.StringGetAsync(keys).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (IsMoving(exception))
        {
            return await Task.WhenAll(keys.Select(key => database.StringGetAsync(key))).ConfigureAwait(false);
        }
    }

    private static RedisValue[] Get(IDatabase database, RedisKey[] keys)
    {
        if (keys.Length == 1)
            return [database.StringGet(keys[0])];
        try
        {
            return database.StringGet(keys);
        }
        catch (RedisServerException exception) when (IsMoving(exception))
        {
            return Array.ConvertAll(keys, key => database.StringGet(key));
        }
    }

    // While a slot moves, some of its keys are on the one node and some on the other: one command cannot have them all, and each key by itself can be had.
    private static bool IsMoving(RedisServerException exception) => exception.Message.StartsWith("TRYAGAIN", StringComparison.Ordinal);
}
