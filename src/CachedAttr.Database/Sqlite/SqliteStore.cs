using System.Runtime.InteropServices;
using CachedAttr.Backends;

namespace CachedAttr.Database.Sqlite;

/// <summary>The statements on entries, each within a transaction or over a reader's connection.</summary>
internal sealed class SqliteStore(BackendSettings settings, SqliteSql sql)
{
    private readonly long _maxLoad = (long)settings.MaxLoad.TotalMicroseconds;
    private readonly long _tombstone = (long)settings.TombstoneTimeToLive.TotalMicroseconds;

    public long Now => (settings.TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The key in the database.</summary>
    public string NameOf(string key) => BackendKey.Of(settings.KeyPrefix, key);

    /// <summary>What is under a key and has time left.</summary>
    public StoredRow? Find(SqliteSession session, byte[] key, long now)
    {
        using var reader = session.Query(sql.Get, key);
        if (!reader.Read())
            return null;
        long expires = reader.GetInt64(1);
        return expires <= now ? null : new(reader.GetFieldValue<byte[]>(0), expires, reader.GetInt64(2));
    }

    /// <summary>Stores what was loaded, with the guards of stamp and age.</summary>
    public bool Set(SqliteSession session, byte[] key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive)
    {
        long now = Now;
        EntryHeader.TryReadStamp(entry.Span, out long stamp, out _);
        return stamp >= now - _maxLoad
            && session.Run(sql.Set, key, ArrayOf(entry), stamp, Expiry(now, timeToLive), now, key.Length + entry.Length) > 0;
    }

    /// <summary>Stores, whatever is there.</summary>
    public void Put(SqliteSession session, byte[] key, byte[] entry, long expires, long now)
    {
        EntryHeader.TryReadStamp(entry, out long stamp, out var flags);
        int tombstone = (flags & EntryFlags.Tombstone) == EntryFlags.None ? 0 : 1;
        session.Run(sql.Put, key, entry, stamp, tombstone, expires, now, key.Length + entry.Length);
    }

    /// <summary>Puts a tombstone in the place of an entry.</summary>
    public void Bury(SqliteSession session, byte[] key, LogPosition position, long now) => Put(session, key, EntryHeader.Tombstone(position), now + _tombstone, now);

    public long Remove(SqliteSession session, IEnumerable<byte[]> keys)
    {
        long now = Now, removed = 0;
        foreach (byte[] key in keys)
            removed += session.Run(sql.Remove, key, now);
        return removed;
    }

    public long Increment(SqliteSession session, string key, byte[] name, CounterIncrement increment)
    {
        long now = Now;
        var there = Find(session, name, now);
        byte[] counter = CounterEntry.Add(there?.Bytes, increment, key, out long value, out bool begins);
        Put(session, name, counter, begins ? Expiry(now, increment.TimeToLive) : there!.Expires, now);
        return value;
    }

    public static long Expiry(long now, TimeSpan timeToLive) => now + Math.Max(1, (long)timeToLive.TotalMicroseconds);

    // The client takes whole arrays only.
    private static byte[] ArrayOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();
}

/// <summary>An entry as it is stored.</summary>
internal sealed record StoredRow(byte[] Bytes, long Expires, long Used)
{
    public bool IsTombstone => EntryHeader.TryReadStamp(Bytes, out _, out var flags) && (flags & EntryFlags.Tombstone) != EntryFlags.None;
}
