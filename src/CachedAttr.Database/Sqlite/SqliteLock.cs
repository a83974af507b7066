using CachedAttr.Backends;

namespace CachedAttr.Database.Sqlite;

/// <summary>A lock: a row with a random token and an expiry.</summary>
internal sealed class SqliteLock(SqliteWriter writer, SqliteStore store, SqliteSql sql, byte[] name) : IBackendLock
{
    private readonly byte[] _token = Guid.NewGuid().ToByteArray();

    public ValueTask<bool> TakeAsync(TimeSpan expiry, BackendCall call) => writer.RunAsync(
        session =>
        {
            long now = store.Now;
            return session.Run(sql.Lock, name, _token, SqliteStore.Expiry(now, expiry), now) > 0;
        },
        call);

    public ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call) => writer.RunAsync(
        session =>
        {
            long now = store.Now;
            return session.Run(sql.Renew, name, _token, SqliteStore.Expiry(now, expiry), now) > 0;
        },
        call);

    public ValueTask<bool> ReleaseAsync(BackendCall call) => writer.RunAsync(session => session.Run(sql.Release, name, _token, store.Now) > 0, call);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ReleaseAsync(BackendCall.Async()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // It ends by itself.
        }
    }
}
