using CachedAttr.Backends;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>The data source, with the tables made or migrated before it is first used. Thread-safe.</summary>
internal sealed class PostgresSource(NpgsqlDataSource source, bool isOwned, PostgresSql sql, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _isReady;

    /// <summary>The server and the database, without anything secret.</summary>
    public string Location { get; } = Describe(source.ConnectionString);

    public NpgsqlDataSource Source => source;

    /// <summary>A command on a connection of the pool.</summary>
    public ValueTask<NpgsqlCommand> CommandAsync(string text, BackendCall call) =>
        call.CancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<NpgsqlCommand>(call.CancellationToken)
            : _isReady ? new(source.CreateCommand(text))
            : PrepareAsync(text, call);

    /// <summary>Makes or migrates the tables, if that has not been done.</summary>
    public async ValueTask EnsureAsync(BackendCall call)
    {
        if (_isReady)
            return;
        if (call.IsSynchronous)
            _gate.Wait();
        else
            await _gate.WaitAsync(call.CancellationToken).ConfigureAwait(false);
        try
        {
            if (_isReady)
                return;
            if (await PostgresSchema.MigrateAsync(source, sql, Location, call).ConfigureAwait(false))
                logger.SchemaMade(Location, sql.Migrations.Count);
            _isReady = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Turns what the client throws into an exception that says what to look at.</summary>
    public async ValueTask<T> GuardAsync<T>(ValueTask<T> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresFault.IsFault(exception))
        {
            // Somebody has dropped the tables: they are made again with the next call.
            if (PostgresFault.IsMissing(exception))
                _isReady = false;
            throw new CacheBackendException($"PostgreSQL ({Location}): {PostgresFault.Meaning(exception)}.", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (isOwned)
            await source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<NpgsqlCommand> PrepareAsync(string text, BackendCall call)
    {
        await EnsureAsync(call).ConfigureAwait(false);
        return source.CreateCommand(text);
    }

    private static string Describe(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return FormattableString.Invariant($"{parts.Host}:{parts.Port}/{parts.Database ?? parts.Username}");
    }
}
