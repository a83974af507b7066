using System.Runtime.InteropServices;
using CachedAttr.Backends;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>Runs commands with a task or without, as the call says.</summary>
internal static class PostgresCall
{
    public static async ValueTask<int> RunAsync(this NpgsqlCommand command, BackendCall call)
    {
        await using var closing = command.ClosedAs(call).ConfigureAwait(false);
        return call.IsSynchronous ? command.ExecuteNonQuery() : await command.ExecuteNonQueryAsync(call.CancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<object?> ScalarAsync(this NpgsqlCommand command, BackendCall call)
    {
        await using var closing = command.ClosedAs(call).ConfigureAwait(false);
        return call.IsSynchronous ? command.ExecuteScalar() : await command.ExecuteScalarAsync(call.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all rows.</summary>
    public static async ValueTask<List<T>> QueryAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, BackendCall call)
    {
        await using var closing = command.ClosedAs(call).ConfigureAwait(false);
        var rows = new List<T>();
        var reader = call.IsSynchronous ? command.ExecuteReader() : await command.ExecuteReaderAsync(call.CancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ClosedAs(call).ConfigureAwait(false);
        while (call.IsSynchronous ? reader.Read() : await reader.ReadAsync(call.CancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>Disposes at the end of the block, on the calling thread if the call is one of a thread that waits: what is not read yet is read then.</summary>
    public static Closing ClosedAs(this IAsyncDisposable resource, BackendCall call) => new(resource, call.IsSynchronous);

    [StructLayout(LayoutKind.Auto)]
    internal readonly struct Closing(IAsyncDisposable resource, bool isSynchronous) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            if (!isSynchronous)
                return resource.DisposeAsync();
            ((IDisposable)resource).Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
