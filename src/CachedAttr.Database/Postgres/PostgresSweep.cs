using CachedAttr.Backends;

namespace CachedAttr.Database.Postgres;

/// <summary>The statements of the <see cref="Sweeper"/>.</summary>
internal sealed class PostgresSweep(PostgresSource source, PostgresSql sql) : ISwept
{
    // Counting may take longer than a call that somebody waits for.
    private const int MeasuringSeconds = 60;

    public string Location => source.Location;

    public async ValueTask<IBackendLock?> LeaseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var taken = new PostgresLock(source, sql, LockName.Sweep);
        return await taken.TakeAsync(time, BackendCall.Async(cancellationToken)).ConfigureAwait(false) ? taken : null;
    }

    public async ValueTask TouchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var call = BackendCall.Async(cancellationToken);
        var command = await source.CommandAsync(sql.Touch, call).ConfigureAwait(false);
        await command.With(keys.Select(LogTarget.Bytes).ToArray()).RunAsync(call).ConfigureAwait(false);
    }

    public async ValueTask<int> RemoveExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var call = BackendCall.Async(cancellationToken);
        await (await source.CommandAsync(sql.RemoveLocks, call).ConfigureAwait(false)).RunAsync(call).ConfigureAwait(false);
        return await (await source.CommandAsync(sql.RemoveExpired, call).ConfigureAwait(false)).With(most).RunAsync(call).ConfigureAwait(false);
    }

    public async ValueTask<StoredSize> MeasureAsync(CancellationToken cancellationToken)
    {
        var call = BackendCall.Async(cancellationToken);
        var command = await source.CommandAsync(sql.Measure, call).ConfigureAwait(false);
        command.CommandTimeout = MeasuringSeconds;
        return (await command.QueryAsync(static reader => new StoredSize(reader.GetInt64(0), reader.GetInt64(1)), call).ConfigureAwait(false))[0];
    }

    public async ValueTask<StoredSize> RemoveOldestAsync(int most, CancellationToken cancellationToken)
    {
        var call = BackendCall.Async(cancellationToken);
        var command = (await source.CommandAsync(sql.RemoveOldest, call).ConfigureAwait(false)).With(most);
        return (await command.QueryAsync(static reader => new StoredSize(reader.GetInt64(0), reader.GetInt64(1)), call).ConfigureAwait(false))[0];
    }
}
