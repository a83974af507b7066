using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Keys;

namespace CachedAttr.Consistency;

/// <summary>A backend with one of the protocol's guards taken away: the harness has to notice.</summary>
/// <param name="inner">The backend.</param>
/// <param name="guard">The guard: stamp, tombstone, age or floor.</param>
/// <param name="isDeaf">Whether it is never told of new records.</param>
/// <param name="store">Stores bytes without a question.</param>
internal sealed class WeakenedBackend(ICacheBackend inner, string guard, bool isDeaf, Func<string, ReadOnlyMemory<byte>, TimeSpan, Task> store) : ICacheBackend
{
    public string Name => inner.Name;

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call)
    {
        var entry = await inner.GetAsync(key, call);
        if (guard != "stamp" || entry is not { } bytes || !EntryHeader.TryReadStamp(bytes.Span, out _, out var flags) || flags != EntryFlags.None)
            return entry;

        // With the log's present as its stamp every entry passes for new.
        byte[] forged = bytes.ToArray();
        EntryHeader.TryRead(new(bytes), out var header, out _);
        EntryHeader.Restamp(forged, new(header.Epoch, CounterEntry.MaxValue / 2));
        return forged;
    }

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) => inner.GetManyAsync(keys, call);

    // Where a drill takes the tombstone away the load is young, and where it takes the age check away the tombstone has ended: without a question is without that one.
    public async ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call)
    {
        if (guard is not ("tombstone" or "age"))
            return await inner.SetAsync(key, entry, timeToLive, call);
        await store(key, entry, timeToLive);
        return true;
    }

    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        inner.PutAsync(key, entry, timeToLive, after, call);

    public async ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        Without(await inner.InvalidateAsync(what, after, call));

    public async ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) => Without(await inner.ReadLogAsync(after, call));

    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) =>
        isDeaf ? default : inner.WatchLogAsync(watcher, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => inner.RemoveAsync(keys, call);

    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) => inner.GetTimeToLiveAsync(key, call);

    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) => inner.IncrementAsync(key, increment, call);

    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string key in inner.ScanAsync(pattern, cancellationToken))
            yield return key;
    }

    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) => inner.TryLockAsync(name, expiry, call);

    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => inner.GetStatusAsync(call);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private LogPage Without(LogPage page) => guard == "floor" ? page with { KeyFloor = 0 } : page;
}
