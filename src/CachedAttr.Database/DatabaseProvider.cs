namespace CachedAttr.Database;

/// <summary>The database systems that can keep entries.</summary>
public enum DatabaseProvider
{
    /// <summary>A file of SQLite: one host, one or several processes.</summary>
    Sqlite,

    /// <summary>PostgreSQL 13 or later.</summary>
    Postgres,
}
