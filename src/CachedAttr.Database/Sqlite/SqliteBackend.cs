using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Keys;
using Microsoft.Data.Sqlite;

namespace CachedAttr.Database.Sqlite;

/// <summary>Entries and the invalidation log in a file of SQLite, for one host: one process, or several.</summary>
/// <remarks>
/// <para>
/// Reads are over a pool of connections and end on the calling thread: SQLite has no asynchronous input and output. Writes are done by one connection; those that come
/// while a transaction is on its way share the next. Between processes SQLite's own lock lets one write at a time.
/// </para>
/// <para>
/// The processes of a host share its clock: numbers and expiry are by <see cref="BackendSettings.TimeProvider"/>. An invalidation is on the disk when its call returns;
/// everything else survives the death of the process, and may be lost with the host's power.
/// </para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class SqliteBackend : ICacheBackend
{
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly SqliteStore _store;
    private readonly SqliteLog _log;
    private readonly SqliteWatch _watch;
    private readonly SqliteSweep _sweep;
    private readonly SqliteSql _sql;
    private readonly BackendSettings _settings;
    private readonly ReadTimes _reads;
    private readonly Sweeper _sweeper;

    /// <summary>Makes a backend over a file, which is made or opened when it is first called.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">Names, bounds and intervals; <see langword="null"/>: the defaults.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not allowed; the message names it, and what is.</exception>
    public SqliteBackend(BackendSettings settings, string path, DatabaseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = DatabaseOptionsCheck.Check(options ?? new());
        SQLitePCL.Batteries_V2.Init();
        _settings = settings;
        _sql = new(options.Table);
        _file = new(Path.GetFullPath(path), _sql, options, settings.Logger);
        _writer = new(_file, settings.Logger);
        _store = new(settings, _sql);
        _log = new(settings, _sql);
        _watch = new(_file, _log, TimeSpan.FromSeconds(options.PollInterval), settings);
        _reads = new(TimeSpan.FromSeconds(options.ReadTimeResolution));
        _sweep = new(_file, _writer, _store, _sql, options);
        _sweeper = new(_sweep, options, settings.TimeProvider, settings.Logger, _reads);
    }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <summary>What removes in the background; tests sweep by hand.</summary>
    internal Sweeper Sweeper => _sweeper;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) =>
        call.CancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<ReadOnlyMemory<byte>?>(call.CancellationToken)
            : new(Guard(() => _file.Read((Owner: this, Name: _store.NameOf(key)), static (session, get) => get.Owner.Get(session, get.Name))));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        call.CancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<ReadOnlyMemory<byte>?>>(call.CancellationToken)
            : new(Guard(() => _file.Read((Owner: this, keys), static (session, get) => (IReadOnlyList<ReadOnlyMemory<byte>?>)[.. get.keys.Select(key => get.Owner.Get(session, get.Owner._store.NameOf(key)))])));

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call)
    {
        byte[] name = NameOf(key);
        _sweeper.Stored(name.Length + entry.Length);
        return WriteAsync(session => _store.Set(session, name, entry, timeToLive), call, whenFull: WhenFull.Skip);
    }

    /// <inheritdoc/>
    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call)
    {
        byte[] name = NameOf(key), bytes = entry.ToArray();
        _sweeper.Stored(name.Length + bytes.Length);
        return WriteAsync(
            session =>
            {
                var state = _log.Open(session, after, _store.Now);
                long sequence = _log.Append(session, state, new(InvalidationKind.Key, key));
                EntryHeader.Restamp(bytes, new(state.Epoch, sequence));
                _store.Put(session, name, bytes, SqliteStore.Expiry(state.Now, timeToLive), state.Now);
                return _log.Page(session, state, after, sequence);
            },
            call,
            isDurable: true,
            WhenFull.Empty);
    }

    /// <inheritdoc/>
    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) => WriteAsync(
        session =>
        {
            var state = _log.Open(session, after, _store.Now);
            foreach (var one in what)
            {
                long sequence = _log.Append(session, state, one);
                if (one.Kind == InvalidationKind.Key)
                    _store.Bury(session, NameOf(one.Text), new(state.Epoch, sequence), state.Now);
            }

            return _log.Page(session, state, after, state.Last);
        },
        call,
        isDurable: true,
        WhenFull.Empty);

    /// <inheritdoc/>
    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) =>
        WriteAsync(session => _log.Page(session, _log.Open(session, after, _store.Now), after), call);

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) => new(_watch.Add(watcher));

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        byte[][] names = [.. keys.Select(NameOf)];
        return WriteAsync(session => _store.Remove(session, names), call);
    }

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) => new(Guard(() => _file.Read((Owner: this, Name: NameOf(key)), static (session, get) =>
    {
        long now = get.Owner._store.Now;
        return get.Owner._store.Find(session, get.Name, now) is { IsTombstone: false } row ? TimeSpan.FromMicroseconds(row.Expires - now) : (TimeSpan?)null;
    })));

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call)
    {
        byte[] name = NameOf(key);
        return WriteAsync(session => _store.Increment(session, key, name, increment), call);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        byte[] from = NameOfLiteral(pattern), end = KeyRange.End(from);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = Guard(() => _file.Read((Owner: this, from, end), static (session, range) => range.Owner.ReadKeys(session, range.from, range.end)));
            foreach (byte[] key in page)
            {
                string text = KeyRange.Text(key, _settings.KeyPrefix);
                if (pattern.IsMatch(text))
                    yield return text;
            }

            if (page.Count < KeyRange.PageSize)
                break;
            from = KeyRange.After(page[^1]);
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call)
    {
        var taken = new SqliteLock(_writer, _store, _sql, LockName.Of(_settings.KeyPrefix, name));
        return await GuardAsync(taken.TakeAsync(expiry, call)).ConfigureAwait(false) ? taken : null;
    }

    /// <inheritdoc/>
    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => new(Guard(() => SqliteStatus.Read(_file, _log, _sql, _sweep.Options, _store.Now) with { Backend = Name }));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        _file.Dispose();
    }

    private ReadOnlyMemory<byte>? Get(SqliteSession session, string name)
    {
        long now = _store.Now;
        if (_store.Find(session, LogTarget.Bytes(name), now) is not { } row)
            return null;
        _reads.Note(name, row.Used, now);
        return row.Bytes;
    }

    private List<byte[]> ReadKeys(SqliteSession session, byte[] from, byte[] end)
    {
        var keys = new List<byte[]>();
        using var reader = session.Query(_sql.Scan, from, end, _store.Now, KeyRange.PageSize);
        while (reader.Read())
            keys.Add(reader.GetFieldValue<byte[]>(0));
        return keys;
    }

    private byte[] NameOf(string key) => LogTarget.Bytes(_store.NameOf(key));

    // Keys that were shortened have lost a part that a pattern may name, but begin as they did.
    private byte[] NameOfLiteral(KeyPattern pattern) => LogTarget.Bytes(_settings.KeyPrefix + KeyRange.Head(pattern));

    private ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, BackendCall call, bool isDurable = false, WhenFull whenFull = WhenFull.Throw)
    {
        _sweeper.Start();
        return GuardAsync(_writer.RunAsync(work, call, isDurable, whenFull));
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Explain(exception);
        }
    }

    private async ValueTask<T> GuardAsync<T>(ValueTask<T> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Explain(exception);
        }
    }

    private static bool IsFault(Exception exception) => exception is SqliteException or IOException or UnauthorizedAccessException;

    private CacheBackendException Explain(Exception exception) => new($"SQLite: {SqliteFault.Meaning(exception, _file.Path)}.", exception);
}
