using System.Globalization;
using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Keys;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Entries and the invalidation log in Redis 6 or later, or what speaks its language.</summary>
/// <remarks>
/// <para>
/// Entries are strings; a tombstone is an entry without a value. Everything that checks and writes is a script (Scripts/*.lua), which the server runs as one
/// step; on a single server the log and the entry of an exact key are written by the same one.
/// </para>
/// <para>
/// In a cluster they are on different nodes. There an exact key is first <em>blocked</em>, by a tombstone that no load can replace, then appended, then
/// settled. Whoever dies in between leaves a block, which ends by itself when no load is left that could bring an older value: misses, and nothing stale.
/// </para>
/// <para>Thread-safe. Calls may wait for ever if the server is frozen: use it behind a <see cref="ResilientBackend"/>, as a cache does.</para>
/// </remarks>
public sealed class RedisBackend : ICacheBackend
{
    private readonly RedisConnection _connection;
    private readonly RedisStore _store;

    /// <summary>Makes a backend over a connection.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="connection">How Redis is reached; disposed with this.</param>
    internal RedisBackend(BackendSettings settings, RedisConnection connection)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _connection = connection;
        _store = new(settings, connection);
    }

    /// <summary>Makes a backend over a multiplexer of the application's own, which is not disposed with it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="multiplexer">The multiplexer.</param>
    /// <param name="database">The database's number; -1 for the multiplexer's default.</param>
    public RedisBackend(BackendSettings settings, IConnectionMultiplexer multiplexer, int database = -1)
        : this(settings, new SharedRedisConnection(multiplexer, database))
    {
    }

    /// <summary>Makes a backend without dependency injection: <c>options.BackendFactory = settings => RedisBackend.Create(settings, new() { Connection = "redis://cache:6379" })</c>.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="options">How Redis is reached.</param>
    /// <returns>The backend; it connects when it is first called.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not allowed; the message names it, and what is.</exception>
    public static RedisBackend Create(BackendSettings settings, RedisOptions options) => RedisBackendFactory.Create(settings, options);

    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) => _store.GetAsync(key, call);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        _connection.GuardAsync(_store.GetManyAsync(keys, call), call);

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) =>
        _connection.GuardAsync(_store.SetAsync(key, entry, timeToLive, call), call);

    /// <inheritdoc/>
    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        _connection.GuardAsync(_store.PutAsync(key, entry, timeToLive, after, call), call);

    /// <inheritdoc/>
    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        _connection.GuardAsync(_store.InvalidateAsync(what, after, call), call);

    /// <inheritdoc/>
    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) => _connection.GuardAsync(_store.ReadLogAsync(after, call), call);

    /// <inheritdoc/>
    public async ValueTask<CheckedEntry?> GetCheckedAsync(string? key, LogPosition position, BackendCall call) =>
        await _connection.GuardAsync(_store.GetCheckedAsync(key, position, call), call).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) =>
        _connection.GuardAsync(_store.WatchLogAsync(watcher, cancellationToken), BackendCall.Async(cancellationToken));

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => _connection.GuardAsync(_store.RemoveAsync(keys, call), call);

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) => _connection.GuardAsync(_store.GetTimeToLiveAsync(key, call), call);

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) =>
        _connection.GuardAsync(_store.IncrementAsync(key, increment, call), call);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = _store.ScanAsync(pattern, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closing = batches.ConfigureAwait(false);
        while (await _connection.GuardAsync(batches.MoveNextAsync(), BackendCall.Async(cancellationToken)).ConfigureAwait(false))
        {
            foreach (string key in batches.Current)
                yield return key;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) =>
        _connection.GuardAsync(_store.TryLockAsync(name, expiry, call), call);

    /// <inheritdoc/>
    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => _connection.GuardAsync(_store.GetStatusAsync(call), call);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
