using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Keys;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>Entries and the invalidation log in PostgreSQL 13 or later.</summary>
/// <remarks>
/// <para>
/// What checks and stores is one statement; what appends to the log is one call of a function in the database (Postgres1.sql), under the lock of the log's row. Numbers,
/// stamps and expiry are by the server's clock. Processes hear of new records by LISTEN.
/// </para>
/// <para>Thread-safe. Use it behind a <see cref="ResilientBackend"/>, as a cache does.</para>
/// </remarks>
public sealed class PostgresBackend : ICacheBackend
{
    private readonly PostgresSource _source;
    private readonly PostgresSql _sql;
    private readonly PostgresStore _store;
    private readonly PostgresLog _log;
    private readonly Sweeper _sweeper;
    private readonly BackendSettings _settings;
    private readonly DatabaseOptions _options;

    /// <summary>Makes a backend over a data source of the application's own, which is not disposed with it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="source">The data source.</param>
    /// <param name="options">Names, bounds and intervals; <see langword="null"/>: the defaults.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not allowed; the message names it, and what is.</exception>
    public PostgresBackend(BackendSettings settings, NpgsqlDataSource source, DatabaseOptions? options = null)
        : this(settings, source, isOwned: false, DatabaseOptionsCheck.Check(options ?? new()), sql: null)
    {
    }

    internal PostgresBackend(BackendSettings settings, NpgsqlDataSource source, bool isOwned, DatabaseOptions options, PostgresSql? sql)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(source);
        (_settings, _options, _sql) = (settings, options, sql ?? new(options));
        var reads = new ReadTimes(TimeSpan.FromSeconds(options.ReadTimeResolution));
        _source = new(source, isOwned, _sql, settings.Logger);
        _store = new(settings, _source, _sql, reads);
        _log = new(settings, _source, _sql, options.Schema + "." + options.Table);
        _sweeper = new(new PostgresSweep(_source, _sql), options, TimeProvider.System, settings.Logger, reads);
    }

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <summary>What removes in the background; tests sweep by hand.</summary>
    internal Sweeper Sweeper => _sweeper;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) => _source.GuardAsync(_store.GetAsync(key, call));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) => _source.GuardAsync(_store.GetManyAsync(keys, call));

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call)
    {
        byte[] name = _store.NameOf(key);
        _sweeper.Start();
        _sweeper.Stored(name.Length + entry.Length);
        return _source.GuardAsync(_store.SetAsync(name, entry, timeToLive, call));
    }

    /// <inheritdoc/>
    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call)
    {
        _sweeper.Start();
        _sweeper.Stored(key.Length + entry.Length);
        return _source.GuardAsync(_log.PutAsync(key, entry, timeToLive, after, call));
    }

    /// <inheritdoc/>
    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) => _source.GuardAsync(_log.InvalidateAsync(what, after, call));

    /// <inheritdoc/>
    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call)
    {
        _sweeper.Start();
        return _source.GuardAsync(_log.ReadAsync(after, call));
    }

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) =>
        _source.GuardAsync(PostgresWatch.BeginAsync(_source, _log.Channel, watcher, _settings.Logger, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => _source.GuardAsync(_store.RemoveAsync(keys, call));

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) => _source.GuardAsync(_store.GetTimeToLiveAsync(key, call));

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) => _source.GuardAsync(_store.IncrementAsync(key, increment, call));

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        byte[] from = LogTarget.Bytes(_settings.KeyPrefix + KeyRange.Head(pattern)), end = KeyRange.End(from);
        while (true)
        {
            var page = await _source.GuardAsync(_store.ReadKeysAsync(from, end, cancellationToken)).ConfigureAwait(false);
            foreach (byte[] key in page)
            {
                string text = KeyRange.Text(key, _settings.KeyPrefix);
                if (pattern.IsMatch(text))
                    yield return text;
            }

            if (page.Count < KeyRange.PageSize)
                break;
            from = KeyRange.After(page[^1]);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call)
    {
        var taken = new PostgresLock(_source, _sql, LockName.Of(_settings.KeyPrefix, name));
        return await taken.TakeAsync(expiry, call).ConfigureAwait(false) ? taken : null;
    }

    /// <inheritdoc/>
    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => _source.GuardAsync(PostgresStatus.ReadAsync(_source, _sql, _log, _options, call));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }
}
