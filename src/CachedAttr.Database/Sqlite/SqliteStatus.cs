using System.Globalization;
using CachedAttr.Backends;

namespace CachedAttr.Database.Sqlite;

/// <summary>What there is to know of the file.</summary>
internal static class SqliteStatus
{
    public static BackendStatus Read(SqliteFile file, SqliteLog log, SqliteSql sql, DatabaseOptions options, long now) =>
        file.Read((file, log, sql, options, now), static (session, of) =>
        {
            var counted = Count(session, of.sql, of.now);
            var state = of.log.Read(session);
            return new BackendStatus
            {
                Backend = "sqlite",
                Location = of.file.Path,
                Version = Text(session, "SELECT sqlite_version()"),
                UsedBytes = counted.Bytes,
                MaxBytes = of.options.MaxBytes,
                Entries = counted.Entries,
                EvictionPolicy = "oldest-read first",
                LogRecords = state is null ? 0 : state.Patterns + state.Keys,
                Details = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["expired"] = Number(counted.Expired),
                    ["file_bytes"] = Number(new FileInfo(of.file.Path) is { Exists: true } info ? info.Length : 0),
                    ["max_entries"] = Number(of.options.MaxEntries),
                    ["journal_mode"] = Text(session, "PRAGMA journal_mode") ?? "",
                },
            };
        });

    /// <summary>Exact up to a limit; beyond it what the last sweep has counted.</summary>
    private static (long Entries, long Bytes, long Expired) Count(SqliteSession session, SqliteSql sql, long now)
    {
        long entries, bytes, expired;
        using (var reader = session.Query(sql.CountSome, StatusLimit.Exact + 1, now))
        {
            reader.Read();
            (entries, bytes, expired) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }

        if (entries <= StatusLimit.Exact)
            return (entries, bytes, expired);
        var measured = SqliteSweep.ReadSize(session, sql.ReadMeasure);
        return (Math.Max(entries, measured.Entries), Math.Max(bytes, measured.Bytes), expired);
    }

    private static string? Text(SqliteSession session, string query)
    {
        using var reader = session.Query(query);
        return reader.Read() ? reader.GetString(0) : null;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
