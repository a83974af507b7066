using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CachedAttr.Database.Sqlite;

/// <summary>One open connection, with its statements prepared once. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(ReferenceEqualityComparer.Instance);

    // How long SQLite waits for another's lock by itself, where it is asked again: its pauses grow to a tenth of a second, in which others would get it again and again.
    private const int ShortWaitMilliseconds = 3;

    private const int PrimaryCode = 0xFF;

    private readonly TimeSpan _timeout;
    private bool _waitsShortly;

    private SqliteSession(SqliteConnection connection, int generation, TimeSpan timeout)
    {
        _connection = connection;
        _timeout = timeout;
        Generation = generation;
    }

    /// <summary>Which of the files that were at the path one after the other this is open on.</summary>
    public int Generation { get; }

    /// <summary>Opens the file; only who holds the lock of the file may make it.</summary>
    public static SqliteSession Open(string path, int generation, int timeoutSeconds, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = timeoutSeconds, Mode = mode };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection, generation, TimeSpan.FromSeconds(timeoutSeconds));

            // SQLite's own waiting is finer than that of the client, which sleeps for 150 ms.
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {timeoutSeconds * 1000}; PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192"));
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file at the path is no longer the one that is open here.</summary>
    public bool HasMoved(string path) => SqliteFileControl.HasMoved(_connection) ?? !File.Exists(path);

    /// <summary>Begins a transaction that writes: takes the lock of all processes, or throws when they have kept it too long.</summary>
    /// <remarks>Not by the client's own command, which would sleep for 150 ms when the lock is taken.</remarks>
    public void Begin()
    {
        if (!_waitsShortly)
            Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {ShortWaitMilliseconds}"));
        _waitsShortly = true;
        var waited = Stopwatch.StartNew();
        int code;
        do
            code = raw.sqlite3_exec(_connection.Handle, SqliteTransaction.Begin);
        while ((code & PrimaryCode) == raw.SQLITE_BUSY && waited.Elapsed < _timeout);
        SqliteException.ThrowExceptionForRC(code, _connection.Handle);
    }

    /// <summary>Runs statements that are not kept.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants and of the tables' names, which are checked.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement and returns how many rows it has changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>Reads rows. The reader is disposed before the next statement.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteReader();

    /// <summary>The first number of the first row; null if there is none.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar() is long number ? number : null;

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // As above.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (int i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (i + 1).ToString(CultureInfo.InvariantCulture) });
            _commands.Add(sql, command);
        }

        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
