using CachedAttr.Backends;

namespace CachedAttr.Tests.Coherence;

/// <summary>A store that is everyone's: a cache that ends leaves it as it is.</summary>
internal sealed class Undisposed(ICacheBackend inner) : ICacheBackend
{
    public string Name => inner.Name;

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) => inner.GetAsync(key, call);

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) => inner.GetManyAsync(keys, call);

    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) => inner.SetAsync(key, entry, timeToLive, call);

    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        inner.PutAsync(key, entry, timeToLive, after, call);

    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        inner.InvalidateAsync(what, after, call);

    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) => inner.ReadLogAsync(after, call);

    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) => inner.WatchLogAsync(watcher, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => inner.RemoveAsync(keys, call);

    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) => inner.GetTimeToLiveAsync(key, call);

    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) => inner.IncrementAsync(key, increment, call);

    public IAsyncEnumerable<string> ScanAsync(CachedAttr.Keys.KeyPattern pattern, CancellationToken cancellationToken) => inner.ScanAsync(pattern, cancellationToken);

    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) => inner.TryLockAsync(name, expiry, call);

    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => inner.GetStatusAsync(call);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
