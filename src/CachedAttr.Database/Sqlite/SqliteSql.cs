namespace CachedAttr.Database.Sqlite;

/// <summary>The statements, with the names of this cache's tables.</summary>
/// <param name="table">What the tables' names begin with.</param>
/// <remarks>Numbers are microseconds since 1970 UTC; texts are bytes of UTF-8, so that any text is kept and compared exactly.</remarks>
internal sealed class SqliteSql(string table)
{
    public string Get { get; } = $"SELECT value, expires, used FROM {table}_entries WHERE key = $1";

    public string Count { get; } = $"SELECT COUNT(*), COALESCE(SUM(size), 0) FROM {table}_entries";

    /// <summary>Counts no further than to a limit: a full count is a scan.</summary>
    public string CountSome { get; } = $"SELECT COUNT(*), COALESCE(SUM(size), 0), COALESCE(SUM(expires <= $2), 0) FROM (SELECT size, expires FROM {table}_entries ORDER BY expires LIMIT $1)";

    public string Scan { get; } =
        $"SELECT key FROM {table}_entries WHERE key >= $1 AND key < $2 AND tombstone = 0 AND expires > $3 ORDER BY key LIMIT $4";

    /// <summary>Stores, unless something with a higher stamp is there whose time is not over.</summary>
    public string Set { get; } = $"""
        INSERT INTO {table}_entries (key, value, stamp, tombstone, expires, used, size) VALUES ($1, $2, $3, 0, $4, $5, $6)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, stamp = excluded.stamp, tombstone = 0, expires = excluded.expires, used = excluded.used, size = excluded.size
        WHERE {table}_entries.stamp <= excluded.stamp OR {table}_entries.expires <= excluded.used
        """;

    /// <summary>Stores, whatever is there.</summary>
    public string Put { get; } = $"REPLACE INTO {table}_entries (key, value, stamp, tombstone, expires, used, size) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    public string Remove { get; } = $"DELETE FROM {table}_entries WHERE key = $1 AND tombstone = 0 AND expires > $2";

    public string Touch { get; } = $"UPDATE {table}_entries SET used = $2 WHERE key = $1 AND used < $2 AND tombstone = 0";

    public string RemoveExpired { get; } = $"DELETE FROM {table}_entries WHERE rowid IN (SELECT rowid FROM {table}_entries WHERE expires <= $1 ORDER BY expires LIMIT $2)";

    public string RemoveOldest { get; } =
        $"DELETE FROM {table}_entries WHERE rowid IN (SELECT rowid FROM {table}_entries WHERE tombstone = 0 ORDER BY used LIMIT $1) RETURNING size";

    public string RemoveLocks { get; } = $"DELETE FROM {table}_locks WHERE expires <= $1";

    public string ReadMeasure { get; } = $"SELECT entries, bytes, measured FROM {table}_measure";

    public string WriteMeasure { get; } = $"REPLACE INTO {table}_measure (one, entries, bytes, measured) VALUES (1, $1, $2, $3)";

    public string Lock { get; } = $"""
        INSERT INTO {table}_locks (name, token, expires) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET token = excluded.token, expires = excluded.expires WHERE {table}_locks.expires <= $4
        """;

    public string Renew { get; } = $"UPDATE {table}_locks SET expires = $3 WHERE name = $1 AND token = $2 AND expires > $4";

    public string Release { get; } = $"DELETE FROM {table}_locks WHERE name = $1 AND token = $2 AND expires > $3";

    public string ReadLog { get; } = $"SELECT epoch, last, given, floor, key_floor, longest_load, longest, patterns, keys FROM {table}_logs WHERE prefix = $1";

    public string WriteLog { get; } = $"""
        REPLACE INTO {table}_logs (prefix, epoch, last, given, floor, key_floor, longest_load, longest, patterns, keys)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    public string Records { get; } = $"SELECT sequence, kind, text FROM {table}_log WHERE prefix = $1 AND is_key IN (0, 1) AND sequence > $2 ORDER BY sequence LIMIT $3";

    public string Append { get; } = $"INSERT INTO {table}_log (prefix, target, is_key, sequence, kind, text) VALUES ($1, $2, $3, $4, $5, $6)";

    public string Forgo { get; } = $"DELETE FROM {table}_log WHERE prefix = $1 AND target = $2";

    public string OldestRecords { get; } = $"SELECT sequence FROM {table}_log WHERE prefix = $1 AND is_key = $2 ORDER BY sequence LIMIT 1 OFFSET $3";

    public string NewestOld { get; } = $"SELECT sequence FROM {table}_log WHERE prefix = $1 AND is_key = $2 AND sequence <= $3 ORDER BY sequence DESC LIMIT 1";

    public string Forget { get; } = $"DELETE FROM {table}_log WHERE prefix = $1 AND is_key = $2 AND sequence <= $3";

    public string ForgetAll { get; } = $"DELETE FROM {table}_log WHERE prefix = $1";

    /// <summary>What each version of the schema adds to the one before.</summary>
    public IReadOnlyList<string> Migrations { get; } =
    [
        $"""
        CREATE TABLE {table}_entries (
            key BLOB NOT NULL UNIQUE, stamp INTEGER NOT NULL, tombstone INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER NOT NULL, size INTEGER NOT NULL, value BLOB NOT NULL);
        CREATE INDEX {table}_entries_expires ON {table}_entries (expires, size);
        CREATE INDEX {table}_entries_used ON {table}_entries (used) WHERE tombstone = 0;
        CREATE TABLE {table}_logs (
            prefix BLOB PRIMARY KEY, epoch INTEGER NOT NULL, last INTEGER NOT NULL, given INTEGER NOT NULL, floor INTEGER NOT NULL, key_floor INTEGER NOT NULL,
            longest_load INTEGER NOT NULL, longest INTEGER NOT NULL, patterns INTEGER NOT NULL, keys INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE {table}_log (
            prefix BLOB NOT NULL, target BLOB NOT NULL, is_key INTEGER NOT NULL, sequence INTEGER NOT NULL, kind INTEGER NOT NULL, text BLOB NOT NULL,
            PRIMARY KEY (prefix, target)) WITHOUT ROWID;
        CREATE INDEX {table}_log_sequence ON {table}_log (prefix, is_key, sequence);
        CREATE TABLE {table}_locks (name BLOB PRIMARY KEY, token BLOB NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE {table}_measure (one INTEGER PRIMARY KEY, entries INTEGER NOT NULL, bytes INTEGER NOT NULL, measured INTEGER NOT NULL);
        """,
    ];

    public string MakeVersions { get; } = $"CREATE TABLE IF NOT EXISTS {table}_schema (version INTEGER PRIMARY KEY)";

    public string Version { get; } = $"SELECT MAX(version) FROM {table}_schema";

    public string WriteVersion { get; } = $"INSERT INTO {table}_schema (version) VALUES ($1)";
}
