using CachedAttr.Backends;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>Runs commands with a task or without, as the call says.</summary>
internal static class PostgresCall
{
    public static async ValueTask<int> RunAsync(this NpgsqlCommand command, BackendCall call)
    {
        await using var closing = command.ConfigureAwait(false);
        return call.IsSynchronous ? command.ExecuteNonQuery() : await command.ExecuteNonQueryAsync(call.CancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<object?> ScalarAsync(this NpgsqlCommand command, BackendCall call)
    {
        await using var closing = command.ConfigureAwait(false);
        return call.IsSynchronous ? command.ExecuteScalar() : await command.ExecuteScalarAsync(call.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all rows.</summary>
    public static async ValueTask<List<T>> QueryAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, BackendCall call)
    {
        await using var closing = command.ConfigureAwait(false);
        var rows = new List<T>();
        var reader = call.IsSynchronous ? command.ExecuteReader() : await command.ExecuteReaderAsync(call.CancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        while (call.IsSynchronous ? reader.Read() : await reader.ReadAsync(call.CancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }
}
