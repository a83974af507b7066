using Npgsql;

namespace CachedAttr.Database;

/// <summary>
/// Which database keeps the entries, and how: the section <c>CachedAttr:Database</c>, <c>CachedAttr:File</c> for the backend <c>file</c>, or by code.
/// </summary>
public sealed class DatabaseOptions
{
    /// <summary>The database system; <see langword="null"/>: what <see cref="Connection"/> looks like.</summary>
    public DatabaseProvider? Provider { get; set; }

    /// <summary>
    /// A connection string of Npgsql (<c>Host=db;Database=app;Username=app;Password=...</c>), <c>postgres://user:password@host:5432/database</c>, a file for SQLite
    /// (<c>Data Source=/var/cache/app.db</c>, or the path alone), or <c>ConnectionStrings:NAME</c> for one of the application's.
    /// </summary>
    public string? Connection { get; set; }

    /// <summary>The folder of the file <c>cachedattr.db</c> for the backend <c>file</c>; by default one of the application's own in the user's local data.</summary>
    public string? Directory { get; set; }

    /// <summary>The schema of the tables in PostgreSQL, made if it is missing; <see langword="null"/>: the first of the connection's search path.</summary>
    public string? Schema { get; set; }

    /// <summary>What the names of the tables begin with: a letter, then letters, digits and underscores, 30 at most. <c>cachedattr</c> by default.</summary>
    public string Table { get; set; } = "cachedattr";

    /// <summary>Whether PostgreSQL writes the tables without its write-ahead log: faster, and empty after a crash of the server. When they are made only. Off by default.</summary>
    public bool Unlogged { get; set; }

    /// <summary>How many entries are kept at most, over all prefixes in the tables; beyond that the oldest-read go. A million by default.</summary>
    public long MaxEntries { get; set; } = 1_000_000;

    /// <summary>How many bytes of keys and entries are kept at most, over all prefixes in the tables; beyond that the oldest-read go. 1 GB by default.</summary>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How often expired entries, and those beyond the bounds, are removed by one of the processes, in seconds; 10 by default.</summary>
    public double SweepInterval { get; set; } = 10;

    /// <summary>How exactly it is known when an entry was read last, in seconds: a read within that time of the last one is not written down. 60 by default.</summary>
    public double ReadTimeResolution { get; set; } = 60;

    /// <summary>How often SQLite is asked whether another process has changed the file, in seconds: how late an invalidation of another process is noticed. 0.1 by default.</summary>
    public double PollInterval { get; set; } = 0.1;

    /// <summary>How long one statement may wait for others' locks and for the server, in whole seconds; 1 by default.</summary>
    public int CommandTimeout { get; set; } = 1;

    /// <summary>Gives a data source of the application's own, which is used in place of <see cref="Connection"/>, and is not disposed. By code only.</summary>
    public Func<IServiceProvider, NpgsqlDataSource>? DataSource { get; set; }

    /// <summary>How many pages a file of SQLite has at most: what a full disk is to a test.</summary>
    internal int? MaxPages { get; set; }
}
