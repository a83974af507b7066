using System.Collections.Concurrent;
using CachedAttr.Backends;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Database.Sqlite;

/// <summary>The file: opened when it is first needed, replaced when it is damaged, and followed when others delete or replace it.</summary>
/// <remarks>
/// A file that was at the path before another is a <em>generation</em>. Connections to an earlier one are closed when they are given back; what they read until then
/// was right at that time. Thread-safe.
/// </remarks>
internal sealed class SqliteFile(string path, SqliteSql sql, DatabaseOptions options, ILogger logger) : IDisposable
{
    private const int MaxIdleReaders = 16;

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private SqliteSession? _writer;
    private volatile int _generation;
    private volatile bool _isOpen;
    private volatile bool _isDisposed;

    public string Path { get; } = path;

    /// <summary>Held while the file is written, opened or replaced.</summary>
    public Lock Gate { get; } = new();

    public int Generation => _generation;

    /// <summary>Reads over a connection of its own for the time being. A file that proves damaged is replaced, and the new one read.</summary>
    public T Read<TState, T>(TState state, Func<SqliteSession, TState, T> read)
    {
        for (int attempt = 0; ; attempt++)
        {
            var session = RentReader();
            try
            {
                var result = read(session, state);
                Return(session);
                return result;
            }
            catch (SqliteException exception)
            {
                session.Dispose();
                if (attempt > 0 || !SqliteFault.IsDamage(exception))
                    throw;
                Replace(session.Generation, exception);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
    }

    /// <summary>The connection that writes, open on the file that is at the path now. The gate is held.</summary>
    public SqliteSession Writer()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isOpen && _writer!.HasMoved(Path))
        {
            logger.FileGone(Path);
            Close();
        }

        if (!_isOpen)
            Open();
        return _writer!;
    }

    /// <summary>A connection for who keeps it, and disposes it.</summary>
    public SqliteSession OpenSession()
    {
        if (!_isOpen)
        {
            lock (Gate)
                Writer();
        }

        return SqliteSession.Open(Path, _generation, options.CommandTimeout);
    }

    /// <summary>Opens the file that is at the path now.</summary>
    public void Follow()
    {
        lock (Gate)
        {
            if (!_isDisposed)
                Writer();
        }
    }

    /// <summary>Moves a damaged file aside, unless that has been done already.</summary>
    public void Replace(int generation, SqliteException reason)
    {
        lock (Gate)
        {
            if (generation != _generation || _isDisposed)
                return;
            using (SqliteFileLock.Take(Path))
            {
                bool isThere = _writer?.HasMoved(Path) != true;
                Close();
                if (isThere)
                    MoveAside(reason.Message);
            }

            Open();
        }
    }

    /// <summary>Deletes the file and begins another: the one way to invalidate when there is no room to write. The gate is held.</summary>
    public void Empty()
    {
        using (SqliteFileLock.Take(Path))
        {
            Close();
            foreach (string suffix in SqliteFileLock.Suffixes)
                File.Delete(Path + suffix);
        }

        logger.FileEmptied(Path);
        Open();
    }

    public void Dispose()
    {
        lock (Gate)
        {
            _isDisposed = true;
            Close();
        }
    }

    private SqliteSession RentReader()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (_isOpen && _readers.TryTake(out var session))
        {
            if (session.Generation == _generation)
                return session;
            session.Dispose();
        }

        return OpenSession();
    }

    private void Return(SqliteSession session)
    {
        if (session.Generation == _generation && _readers.Count < MaxIdleReaders && !_isDisposed)
            _readers.Add(session);
        else
            session.Dispose();
    }

    private void Close()
    {
        _isOpen = false;
        _generation++;
        _writer?.Dispose();
        _writer = null;
        while (_readers.TryTake(out var session))
            session.Dispose();
    }

    private void Open()
    {
        if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        using (SqliteFileLock.Take(Path))
        {
            try
            {
                _writer = OpenWriter();
            }
            catch (SqliteException exception) when (SqliteFault.IsDamage(exception) && (File.Exists(Path) || Directory.Exists(Path)))
            {
                MoveAside(exception.Message);
                _writer = OpenWriter();
            }
        }

        _isOpen = true;
    }

    private SqliteSession OpenWriter()
    {
        var session = SqliteSession.Open(Path, _generation, options.CommandTimeout, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // The first is without effect on a file that has tables.
            session.Execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864");
            if (SqliteSchema.Migrate(session, sql, Path))
                logger.SchemaMade(Path, sql.Migrations.Count);
            if (options.MaxPages is { } pages)
                session.Execute(FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void MoveAside(string reason)
    {
        string aside = SqliteFileLock.MoveAside(Path);
        logger.FileMovedAside(Path, aside, reason);
    }
}
