using System.Globalization;
using CachedAttr.Backends;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>Makes the tables, and brings older ones up to this version.</summary>
internal static class PostgresSchema
{
    /// <summary>Brings the schema to the newest version, in one transaction, under a lock that others who begin at the same time wait for.</summary>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="CacheBackendException">The account may not, or the version is one that this package does not know.</exception>
    public static async ValueTask<bool> MigrateAsync(NpgsqlDataSource source, PostgresSql sql, string location, BackendCall call)
    {
        int version = await ReadVersionAsync(source, sql, call).ConfigureAwait(false);
        if (version > sql.Migrations.Count)
        {
            throw new CacheBackendException(string.Create(
                CultureInfo.InvariantCulture,
                $"PostgreSQL ({location}) has version {version} of the cache's tables, and this version of CachedAttr.Database knows {sql.Migrations.Count}. Update the package, or set CachedAttr:Database:Table to another name."));
        }

        if (version == sql.Migrations.Count)
            return false;
        try
        {
            await MigrateAsync(source, sql, call).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new CacheBackendException(
                $"PostgreSQL ({location}): the account may not make the cache's tables ({exception.MessageText}). Let an account that may run this, and grant SELECT, INSERT, UPDATE and DELETE on the tables:\n{sql.Script(version)}",
                exception);
        }
    }

    private static async ValueTask<int> ReadVersionAsync(NpgsqlDataSource source, PostgresSql sql, BackendCall call) =>
        await source.CreateCommand(sql.VersionsExist).ScalarAsync(call).ConfigureAwait(false) is true
            ? (int)(await source.CreateCommand(sql.Version).ScalarAsync(call).ConfigureAwait(false))!
            : 0;

    private static async ValueTask MigrateAsync(NpgsqlDataSource source, PostgresSql sql, BackendCall call)
    {
        var connection = call.IsSynchronous ? source.OpenConnection() : await source.OpenConnectionAsync(call.CancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = call.IsSynchronous ? connection.BeginTransaction() : await connection.BeginTransactionAsync(call.CancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await RunAsync(sql.MigrationLock).ConfigureAwait(false);

        // An account without the right to make schemas may use one that is there.
        if (sql.MakeSchema is { } schema && await Command(sql.SchemaExists).ScalarAsync(call).ConfigureAwait(false) is not true)
            await RunAsync(schema).ConfigureAwait(false);
        if (await Command(sql.VersionsExist).ScalarAsync(call).ConfigureAwait(false) is not true)
            await RunAsync(sql.MakeVersions).ConfigureAwait(false);
        int version = (int)(await Command(sql.Version).ScalarAsync(call).ConfigureAwait(false))!;
        for (int next = version + 1; next <= sql.Migrations.Count; next++)
        {
            await RunAsync(sql.Migrations[next - 1]).ConfigureAwait(false);
            await RunAsync(sql.WriteVersion(next)).ConfigureAwait(false);
        }

        if (call.IsSynchronous)
            transaction.Commit();
        else
            await transaction.CommitAsync(call.CancellationToken).ConfigureAwait(false);

        async ValueTask RunAsync(string text) => await Command(text).RunAsync(call).ConfigureAwait(false);
#pragma warning disable CA2100 // Made of constants and of the tables' names, which are checked.
        NpgsqlCommand Command(string text) => new(text, connection, transaction);
#pragma warning restore CA2100
    }
}
