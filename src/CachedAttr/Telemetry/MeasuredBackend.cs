using System.Diagnostics;
using System.Diagnostics.Metrics;
using CachedAttr.Backends;
using CachedAttr.Keys;

namespace CachedAttr.Telemetry;

/// <summary>Measures and traces the calls of a backend. While nobody listens it hands them through.</summary>
internal sealed class MeasuredBackend(ICacheBackend inner, Histogram<double> duration, TimeProvider time) : ICacheBackend
{
    public string Name => inner.Name;

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) =>
        IsWatched ? MeasureAsync("get", (inner, key, call), static it => it.inner.GetAsync(it.key, it.call)) : inner.GetAsync(key, call);

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        MeasureAsync("get_many", (inner, keys, call), static it => it.inner.GetManyAsync(it.keys, it.call));

    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) =>
        MeasureAsync("set", (inner, key, entry, timeToLive, call), static it => it.inner.SetAsync(it.key, it.entry, it.timeToLive, it.call));

    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        MeasureAsync("put", (inner, key, entry, timeToLive, after, call), static it => it.inner.PutAsync(it.key, it.entry, it.timeToLive, it.after, it.call));

    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        MeasureAsync("invalidate", (inner, what, after, call), static it => it.inner.InvalidateAsync(it.what, it.after, it.call));

    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) =>
        MeasureAsync("read_log", (inner, after, call), static it => it.inner.ReadLogAsync(it.after, it.call), isTraced: false);

    public ValueTask<CheckedEntry?> GetCheckedAsync(string? key, LogPosition position, BackendCall call) =>
        MeasureAsync("get", (inner, key, position, call), static it => it.inner.GetCheckedAsync(it.key, it.position, it.call));

    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) => inner.WatchLogAsync(watcher, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) =>
        MeasureAsync("remove", (inner, keys, call), static it => it.inner.RemoveAsync(it.keys, it.call));

    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) =>
        MeasureAsync("ttl", (inner, key, call), static it => it.inner.GetTimeToLiveAsync(it.key, it.call));

    public ValueTask<bool> ExistsAsync(string key, BackendCall call) =>
        MeasureAsync("exists", (inner, key, call), static it => it.inner.ExistsAsync(it.key, it.call));

    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) =>
        MeasureAsync("increment", (inner, key, increment, call), static it => it.inner.IncrementAsync(it.key, it.increment, it.call));

    public IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, CancellationToken cancellationToken) => inner.ScanAsync(pattern, cancellationToken);

    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) =>
        MeasureAsync("lock", (inner, name, expiry, call), static it => it.inner.TryLockAsync(it.name, it.expiry, it.call));

    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) =>
        MeasureAsync("status", (inner, call), static it => it.inner.GetStatusAsync(it.call));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private bool IsWatched => duration.Enabled || CacheTracing.HasListeners;

    private ValueTask<T> MeasureAsync<TState, T>(string operation, TState state, Func<TState, ValueTask<T>> action, bool isTraced = true) =>
        IsWatched ? WatchAsync(operation, state, action, isTraced) : action(state);

    private async ValueTask<T> WatchAsync<TState, T>(string operation, TState state, Func<TState, ValueTask<T>> action, bool isTraced)
    {
        var activity = isTraced ? CacheTracing.StartBackend(operation, Name) : null;
        long began = time.GetTimestamp();
        Exception? error = null;
        try
        {
            return await action(state).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            error = exception;
            throw;
        }
        finally
        {
            var tags = new TagList { { CacheTelemetry.OperationTag, operation }, { CacheTelemetry.BackendTag, Name } };
            if (error is not null)
                tags.Add("error.type", error.GetType().Name);
            duration.Record(time.GetElapsedTime(began).TotalSeconds, tags);
            CacheTracing.End(activity, error);
        }
    }
}
