using System.Globalization;
using CachedAttr.Backends;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>What there is to know of the database.</summary>
internal static class PostgresStatus
{
    public static async ValueTask<BackendStatus> ReadAsync(PostgresSource source, PostgresSql sql, PostgresLog log, DatabaseOptions options, BackendCall call)
    {
        var command = (await source.CommandAsync(sql.Status, call).ConfigureAwait(false)).With(StatusLimit.Exact + 1).With(log.Prefix);
        return (await command.QueryAsync(reader => Read(reader, source.Location, options), call).ConfigureAwait(false))[0];
    }

    private static BackendStatus Read(NpgsqlDataReader reader, string location, DatabaseOptions options)
    {
        // Exact up to a limit; beyond it what the last sweep has counted.
        bool isExact = reader.GetInt64(0) <= StatusLimit.Exact;
        return new BackendStatus
        {
            Backend = "postgres",
            Location = location,
            Version = reader.GetString(6),
            Uptime = TimeSpan.FromSeconds(reader.GetDouble(7)),
            UsedBytes = isExact ? reader.GetInt64(1) : Math.Max(reader.GetInt64(1), Number(reader, 4)),
            MaxBytes = options.MaxBytes,
            Clients = (int)reader.GetInt64(9),
            Entries = isExact ? reader.GetInt64(0) : Math.Max(reader.GetInt64(0), Number(reader, 3)),
            EvictionPolicy = "oldest-read first",
            LogRecords = Number(reader, 5),
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["expired"] = Text(reader.GetInt64(2)),
                ["database"] = reader.GetString(8),
                ["table"] = options.Schema is null ? options.Table : options.Schema + "." + options.Table,
                ["table_bytes"] = Text(reader.GetInt64(10)),
                ["max_entries"] = Text(options.MaxEntries),
            },
        };
    }

    private static long Number(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? 0 : reader.GetInt64(column);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
