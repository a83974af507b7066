using CachedAttr.Backends;
using CachedAttr.Database;
using CachedAttr.Redis;
using Microsoft.Data.Sqlite;
using Npgsql;
using StackExchange.Redis;

namespace CachedAttr.Consistency;

/// <summary>Makes the backend of a process of the harness.</summary>
internal static class NodeBackend
{
    public static ICacheBackend Create(NodeOptions options, BackendSettings settings)
    {
        var (backend, store) = Open(options, settings);
        return options.Guard.Length == 0 && !options.IsDeaf ? backend : new WeakenedBackend(backend, options.Guard, options.IsDeaf, store);
    }

    /// <summary>The backend, and a way to store without its checks.</summary>
    private static (ICacheBackend Backend, Func<string, ReadOnlyMemory<byte>, TimeSpan, Task> Store) Open(NodeOptions options, BackendSettings settings)
    {
        if (options.Sqlite is { } file)
        {
            // The processes of a file are on one host, and have its clock. What their caches think of the time is another matter.
            var local = settings with { TimeProvider = TimeProvider.System };
            return (DatabasePlan.Create(local, new() { Provider = DatabaseProvider.Sqlite, Connection = file }), (key, bytes, time) => StoreAsync(file, settings, key, bytes, time));
        }

        if (options.Postgres is { } connection)
        {
            var source = NpgsqlDataSource.Create(connection);
            return (DatabasePlan.Create(settings, new() { Provider = DatabaseProvider.Postgres, Connection = connection }), (key, bytes, time) => StoreAsync(source, settings, key, bytes, time));
        }

        var multiplexer = new Lazy<ConnectionMultiplexer>(() => ConnectionMultiplexer.Connect(options.Redis));
        return (
            RedisBackendFactory.Create(settings, new RedisOptions { Connection = options.Redis }),
            async (key, bytes, time) => await multiplexer.Value.GetDatabase().StringSetAsync(BackendKey.Of(settings.KeyPrefix, key), bytes.ToArray(), time));
    }

    private static async Task StoreAsync(string file, BackendSettings settings, string key, ReadOnlyMemory<byte> bytes, TimeSpan time)
    {
        await using var connection = new SqliteConnection("Data Source=" + file);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "REPLACE INTO cachedattr_entries (key, value, stamp, tombstone, expires, used, size) VALUES ($key, $value, 0, 0, $expires, 0, 0)";
        command.Parameters.AddWithValue("$key", Name(settings, key));
        command.Parameters.AddWithValue("$value", bytes.ToArray());
        command.Parameters.AddWithValue("$expires", Expiry(time));
        await command.ExecuteNonQueryAsync();
    }

    private static async Task StoreAsync(NpgsqlDataSource source, BackendSettings settings, string key, ReadOnlyMemory<byte> bytes, TimeSpan time)
    {
        await using var command = source.CreateCommand("""
            INSERT INTO cachedattr_entries (key, value, stamp, tombstone, expires, used, size) VALUES ($1, $2, 0, false, $3, 0, 0)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, stamp = 0, tombstone = false, expires = excluded.expires
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = Name(settings, key) });
        command.Parameters.Add(new NpgsqlParameter { Value = bytes.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = Expiry(time) });
        await command.ExecuteNonQueryAsync();
    }

    private static byte[] Name(BackendSettings settings, string key) => System.Text.Encoding.UTF8.GetBytes(BackendKey.Of(settings.KeyPrefix, key));

    private static long Expiry(TimeSpan time) => (TimeProvider.System.GetUtcNow() + time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
