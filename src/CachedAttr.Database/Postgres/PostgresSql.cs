using System.Reflection;

namespace CachedAttr.Database.Postgres;

/// <summary>The statements, with the names of this cache's tables. Times are the server's.</summary>
/// <param name="options">Names and options of the tables.</param>
/// <param name="table">What the tables' names begin with, the schema included.</param>
internal sealed class PostgresSql(DatabaseOptions options, string table)
{
    private const string Now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    public PostgresSql(DatabaseOptions options)
        : this(options, options.Schema is null ? options.Table : options.Schema + "." + options.Table)
    {
    }

    public string Get { get; } = $"SELECT value, used, {Now} FROM {table}_entries WHERE key = $1 AND expires > {Now}";

    public string GetMany { get; } = $"SELECT key, value, used, {Now} FROM {table}_entries WHERE key = ANY($1) AND expires > {Now}";

    public string TimeToLive { get; } = $"SELECT expires - {Now} FROM {table}_entries WHERE key = $1 AND NOT tombstone AND expires > {Now}";

    /// <summary>
    /// Stores, unless something with a higher stamp is there whose time is not over, or the load began too long ago. It does not wait for the server's disk: what a
    /// crash takes with it is a miss.
    /// </summary>
    public string Set { get; } = $"""
        INSERT INTO {table}_entries AS e (key, stamp, tombstone, expires, used, size, value)
        SELECT $1, $2, false, n.now + $3, n.now, $4, $5 FROM (SELECT {Now} AS now, set_config('synchronous_commit', 'off', true)) n WHERE $2 >= n.now - $6
        ON CONFLICT (key) DO UPDATE SET stamp = excluded.stamp, tombstone = false, expires = excluded.expires, used = excluded.used, size = excluded.size, value = excluded.value
        WHERE e.stamp <= excluded.stamp OR e.expires <= excluded.used
        """;

    public string Remove { get; } = $"""
        DELETE FROM {table}_entries WHERE key IN (SELECT key FROM {table}_entries WHERE key = ANY($1) AND NOT tombstone ORDER BY key FOR UPDATE) AND expires > {Now}
        """;

    public string ReadCounter { get; } = $"SELECT value, expires, {Now}, xmin::text FROM {table}_entries WHERE key = $1";

    public string BeginCounter { get; } = $"""
        INSERT INTO {table}_entries (key, stamp, tombstone, expires, used, size, value) VALUES ($1, $2, false, $3, $4, $5, $6) ON CONFLICT DO NOTHING
        """;

    /// <summary>Writes if nobody has written since it was read.</summary>
    public string WriteCounter { get; } = $"UPDATE {table}_entries SET stamp = $2, tombstone = false, expires = $3, used = $4, size = $5, value = $6 WHERE key = $1 AND xmin::text = $7";

    public string ReadNow { get; } = $"SELECT {Now}";

    public string Scan { get; } = $"SELECT key FROM {table}_entries WHERE key >= $1 AND key < $2 AND NOT tombstone AND expires > {Now} ORDER BY key LIMIT $3";

    public string Follow { get; } = $"SELECT * FROM {table}_follow($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

    public string Lock { get; } = $"""
        INSERT INTO {table}_locks AS l (name, token, expires) SELECT $1, $2, n.now + $3 FROM (SELECT {Now} AS now) n
        ON CONFLICT (name) DO UPDATE SET token = excluded.token, expires = excluded.expires WHERE l.expires <= {Now}
        """;

    public string Renew { get; } = $"UPDATE {table}_locks SET expires = {Now} + $3 WHERE name = $1 AND token = $2 AND expires > {Now}";

    public string Release { get; } = $"DELETE FROM {table}_locks WHERE name = $1 AND token = $2 AND expires > {Now}";

    public string RemoveLocks { get; } = $"DELETE FROM {table}_locks WHERE expires <= {Now}";

    public string Touch { get; } = $"""
        UPDATE {table}_entries SET used = {Now} WHERE key IN (SELECT key FROM {table}_entries WHERE key = ANY($1) AND NOT tombstone ORDER BY key FOR UPDATE SKIP LOCKED)
        """;

    public string RemoveExpired { get; } = $"""
        DELETE FROM {table}_entries WHERE key = ANY(ARRAY(SELECT key FROM {table}_entries WHERE expires <= {Now} ORDER BY expires LIMIT $1 FOR UPDATE SKIP LOCKED))
        """;

    public string RemoveOldest { get; } = $"""
        WITH gone AS (DELETE FROM {table}_entries WHERE key = ANY(ARRAY(SELECT key FROM {table}_entries WHERE NOT tombstone ORDER BY used LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING size)
        SELECT count(*), coalesce(sum(size), 0)::bigint FROM gone
        """;

    public string Measure { get; } = $"""
        INSERT INTO {table}_measure (one, entries, bytes, measured) SELECT 1, count(*), coalesce(sum(size), 0), {Now} FROM {table}_entries
        ON CONFLICT (one) DO UPDATE SET entries = excluded.entries, bytes = excluded.bytes, measured = excluded.measured RETURNING entries, bytes
        """;

    public string Status { get; } = $"""
        WITH counted AS (SELECT size, expires FROM {table}_entries ORDER BY expires LIMIT $1)
        SELECT (SELECT count(*) FROM counted), (SELECT coalesce(sum(size), 0)::bigint FROM counted), (SELECT count(*) FROM counted WHERE expires <= {Now}),
            (SELECT entries FROM {table}_measure), (SELECT bytes FROM {table}_measure), (SELECT patterns + keys FROM {table}_logs WHERE prefix = $2),
            current_setting('server_version'), extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float8, current_database()::text,
            (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()), pg_total_relation_size('{table}_entries')
        """;

    public string? MakeSchema { get; } = options.Schema is null ? null : $"CREATE SCHEMA IF NOT EXISTS {options.Schema}";

    public string SchemaExists { get; } = $"SELECT to_regnamespace('{options.Schema}') IS NOT NULL";

    public string VersionsExist { get; } = $"SELECT to_regclass('{table}_schema') IS NOT NULL";

    public string MakeVersions { get; } = $"CREATE TABLE {table}_schema (version int PRIMARY KEY)";

    public string Version { get; } = $"SELECT coalesce(max(version), 0) FROM {table}_schema";

    public string MigrationLock { get; } = $"SELECT pg_advisory_xact_lock(hashtextextended('CachedAttr {table}', 0))";

    /// <summary>What each version of the schema adds to the one before.</summary>
    public IReadOnlyList<string> Migrations { get; init; } =
    [
        Resource("Postgres1.sql").Replace("{table}", table, StringComparison.Ordinal).Replace("{name}", options.Table, StringComparison.Ordinal)
            .Replace("{unlogged}", options.Unlogged ? "UNLOGGED" : "", StringComparison.Ordinal),
    ];

    public string WriteVersion(int version) => FormattableString.Invariant($"INSERT INTO {table}_schema (version) VALUES ({version})");

    /// <summary>What a database administrator runs when the cache's account may not.</summary>
    public string Script(int from)
    {
        IEnumerable<string> first = from > 0 ? [] : MakeSchema is null ? [MakeVersions + ";"] : [MakeSchema + ";", MakeVersions + ";"];
        return string.Join('\n', [.. first, .. Enumerable.Range(from + 1, Migrations.Count - from).Select(version => Migrations[version - 1] + WriteVersion(version) + ";")]);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
