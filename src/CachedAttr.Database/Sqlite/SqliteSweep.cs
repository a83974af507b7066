using CachedAttr.Backends;

namespace CachedAttr.Database.Sqlite;

/// <summary>The statements of the <see cref="Sweeper"/>.</summary>
internal sealed class SqliteSweep(SqliteFile file, SqliteWriter writer, SqliteStore store, SqliteSql sql, DatabaseOptions options) : ISwept
{
    // Pages that are given back to the file system with each batch that was removed.
    private const string Shrink = "PRAGMA incremental_vacuum(500)";

    public DatabaseOptions Options => options;

    public string Location => file.Path;

    public async ValueTask<IBackendLock?> LeaseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var taken = new SqliteLock(writer, store, sql, LockName.Sweep);
        return await taken.TakeAsync(time, BackendCall.Async(cancellationToken)).ConfigureAwait(false) ? taken : null;
    }

    public async ValueTask TouchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => await writer.RunAsync(
        session =>
        {
            long now = store.Now;
            foreach (string key in keys)
                session.Run(sql.Touch, LogTarget.Bytes(key), now);
            return true;
        },
        BackendCall.Async(cancellationToken)).ConfigureAwait(false);

    public ValueTask<int> RemoveExpiredAsync(int most, CancellationToken cancellationToken) => writer.RunAsync(
        session =>
        {
            long now = store.Now;
            session.Run(sql.RemoveLocks, now);
            int removed = session.Run(sql.RemoveExpired, now, most);
            if (removed > 0)
                session.Execute(Shrink);
            return removed;
        },
        BackendCall.Async(cancellationToken));

    public async ValueTask<StoredSize> MeasureAsync(CancellationToken cancellationToken)
    {
        var size = file.Read(sql, static (session, sql) => ReadSize(session, sql.Count));
        await writer.RunAsync(session => session.Run(sql.WriteMeasure, size.Entries, size.Bytes, store.Now), BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        return size;
    }

    public ValueTask<StoredSize> RemoveOldestAsync(int most, CancellationToken cancellationToken) => writer.RunAsync(
        session =>
        {
            long entries = 0, bytes = 0;
            using (var reader = session.Query(sql.RemoveOldest, most))
            {
                for (; reader.Read(); entries++)
                    bytes += reader.GetInt64(0);
            }

            session.Execute(Shrink);
            return new StoredSize(entries, bytes);
        },
        BackendCall.Async(cancellationToken));

    public static StoredSize ReadSize(SqliteSession session, string query, params ReadOnlySpan<object?> values)
    {
        using var reader = session.Query(query, values);
        return reader.Read() ? new(reader.GetInt64(0), reader.GetInt64(1)) : default;
    }
}
