using CachedAttr.Backends;

namespace CachedAttr.Database.Postgres;

/// <summary>A lock: a row with a random token and an expiry by the server's clock. It needs no connection of its own, as a lock of a session would.</summary>
internal sealed class PostgresLock(PostgresSource source, PostgresSql sql, byte[] name) : IBackendLock
{
    private readonly byte[] _token = Guid.NewGuid().ToByteArray();

    public ValueTask<bool> TakeAsync(TimeSpan expiry, BackendCall call) => source.GuardAsync(RunAsync(sql.Lock, expiry, call));

    public ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call) => source.GuardAsync(RunAsync(sql.Renew, expiry, call));

    public ValueTask<bool> ReleaseAsync(BackendCall call) => source.GuardAsync(RunAsync(sql.Release, expiry: null, call));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ReleaseAsync(BackendCall.Async()).ConfigureAwait(false);
        }
        catch (CacheBackendException)
        {
            // It ends by itself.
        }
    }

    private async ValueTask<bool> RunAsync(string statement, TimeSpan? expiry, BackendCall call)
    {
        var command = (await source.CommandAsync(statement, call).ConfigureAwait(false)).With(name).With(_token);
        if (expiry is { } time)
            command.With(Math.Max(1, (long)time.TotalMicroseconds));
        return await command.RunAsync(call).ConfigureAwait(false) > 0;
    }
}
