using CachedAttr.Backends;
using Microsoft.Data.Sqlite;

namespace CachedAttr.Database.Sqlite;

/// <summary>Tells of new records by asking SQLite, a few times a second, whether anybody has changed the file (<c>PRAGMA data_version</c>).</summary>
/// <remarks>It looks as often whether the file has been deleted or replaced, so that all processes are on the same one.</remarks>
internal sealed class SqliteWatch(SqliteFile file, SqliteLog log, TimeSpan interval, BackendSettings settings) : IAsyncDisposable
{
    private const string DataVersion = "PRAGMA data_version";

    private readonly Lock _gate = new();
    private readonly List<ILogWatcher> _watchers = [];
    private readonly CancellationTokenSource _stop = new();
    private Task? _polling;
    private SqliteSession? _session;
    private long? _version;
    private LogPosition _known;
    private bool _hasLooked;

    /// <summary>Adds a watcher; it is told what is appended from now on.</summary>
    public IAsyncDisposable Add(ILogWatcher watcher)
    {
        lock (_gate)
        {
            // From the log's present on: what is appended after this call is told.
            if (_polling is null)
            {
                Poll();
                _polling = Task.Run(PollAsync);
            }

            _watchers.Add(watcher);
        }

        return new Subscription(this, watcher);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_polling is { } polling)
            await polling.ConfigureAwait(false);
        _session?.Dispose();
        _stop.Dispose();
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(interval, settings.TimeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                lock (_gate)
                    Poll();
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void Poll()
    {
        try
        {
            // Without the lock that a writer holds while it waits for other processes.
            if (_session is null || _session.HasMoved(file.Path))
                file.Follow();
            if (_session is null || _session.Generation != file.Generation)
            {
                _session?.Dispose();
                _session = null;
                _session = file.OpenSession();
                _version = null;
            }

            long? version = _session.Number(DataVersion);
            if (version == _version)
                return;
            Look(_session);
            _version = version;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException or ObjectDisposedException or CacheBackendException)
        {
            // The heartbeat fails as well, and tells.
            _session?.Dispose();
            _session = null;
        }
    }

    private void Look(SqliteSession session)
    {
        var (state, records) = Read(session);
        bool isFirst = !_hasLooked;
        _hasLooked = true;
        if (state is null)
            return;
        var before = _known;
        _known = new(state.Epoch, state.Last);
        if (isFirst || (before.Epoch == 0 ? records.Count == 0 : before == _known))
            return;

        // A log that was not there before is new from its first record on.
        bool isWhole = (before.Epoch == 0 || before.Epoch == state.Epoch) && records.Count is > 0 and <= SqliteLog.PageSize;
        Tell(isWhole, new LogPage { Epoch = state.Epoch, After = before.Sequence, UpTo = state.Last, Records = records, Floor = state.Floor, KeyFloor = state.KeyFloor });
    }

    private (SqliteLogState? State, List<LogRecord> Records) Read(SqliteSession session)
    {
        session.Run(SqliteTransaction.BeginReading);
        try
        {
            var state = log.Read(session);
            return (state, state is not null && (_known.Epoch == 0 || state.Epoch == _known.Epoch) && state.Last > _known.Sequence ? log.Records(session, _known.Sequence) : []);
        }
        finally
        {
            session.Run(SqliteTransaction.Commit);
        }
    }

    private void Tell(bool isWhole, LogPage page)
    {
        foreach (var watcher in _watchers)
        {
            if (isWhole)
                watcher.OnAppended(page);
            else
                watcher.OnInterrupted();
        }
    }

    private void Remove(ILogWatcher watcher)
    {
        lock (_gate)
            _watchers.Remove(watcher);
    }

    private sealed class Subscription(SqliteWatch owner, ILogWatcher watcher) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            owner.Remove(watcher);
            return ValueTask.CompletedTask;
        }
    }
}
