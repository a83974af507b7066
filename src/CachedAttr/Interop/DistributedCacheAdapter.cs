using System.Buffers;
using CachedAttr.Backends;
using Microsoft.Extensions.Caching.Distributed;

namespace CachedAttr.Interop;

/// <summary><see cref="IDistributedCache"/> over the cache's backend: what sessions, and libraries that know only this interface, ask for.</summary>
/// <remarks>
/// Nothing is kept in this process beside the backend: who asks for a key gets what was set last, in whichever process. Without a backend everything is kept in this
/// process. The keys are those of the caller behind <c>distributed:</c>, so that they are never a cached method's. Thread-safe.
/// </remarks>
internal sealed class DistributedCacheAdapter(Cache cache) : IBufferDistributedCache
{
    private const string Prefix = "distributed:";

    public byte[]? Get(string key) => Ended(FindAsync(key, BackendCall.Synchronous))?.ToArray();

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        (await FindAsync(key, BackendCall.Async(token)).ConfigureAwait(false))?.ToArray();

    public bool TryGet(string key, IBufferWriter<byte> destination) => Write(Ended(FindAsync(key, BackendCall.Synchronous)), destination);

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
        Write(await FindAsync(key, BackendCall.Async(token)).ConfigureAwait(false), destination);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        _ = Ended(StoreAsync(key, [.. value], options, BackendCall.Synchronous));
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return StoreAsync(key, [.. value], options, BackendCall.Async(token)).AsTask();
    }

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) =>
        _ = Ended(StoreAsync(key, value.ToArray(), options, BackendCall.Synchronous));

    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        await StoreAsync(key, value.ToArray(), options, BackendCall.Async(token)).ConfigureAwait(false);

    public void Refresh(string key) => _ = Ended(FindAsync(key, BackendCall.Synchronous));

    public async Task RefreshAsync(string key, CancellationToken token = default) => _ = await FindAsync(key, BackendCall.Async(token)).ConfigureAwait(false);

    public void Remove(string key) => cache.Remove(Own(key));

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        await cache.RemoveAsync(Own(key)).ConfigureAwait(false);
    }

    /// <summary>Reads an item, which counts as use of it.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string key, BackendCall call)
    {
        string own = Own(key);
        cache.ThrowIfDisposed();
        call.CancellationToken.ThrowIfCancellationRequested();
        if (cache.Backend is not { } backend)
        {
            // Spelled out: as one expression, null would be taken for an array, and become an empty memory.
            ReadOnlyMemory<byte>? none = null;
            return cache.Regions.ByHand.TryGet(own, out object? kept) && kept is DistributedItem here ? here.Value : none;
        }

        if (!backend.IsUpToDate)
            await backend.UpdateAsync(call).ConfigureAwait(false);

        // What is valid by the log as it is known now may be stored again as of now.
        var position = new LogPosition(backend.Follower.Epoch, cache.Log.Head);
        var found = await backend.FetchAsync(own, DistributedItemSerializer.Instance, call).ConfigureAwait(false);
        if (!found.IsFresh || IsIdle(found.Value, found.Age))
            return null;
        if (found.Value.Sliding > TimeSpan.Zero && found.Age > found.Value.Sliding / 4)
        {
            var left = found.Remaining ?? TimeSpan.FromSeconds(cache.Options.MaxTtl);
            _ = backend.Store(own, found.Value, DistributedItemSerializer.Instance, position, new(left, Kept(left, found.Value.Sliding)), notes: null);
        }

        return found.Value.Value;
    }

    private async ValueTask<bool> StoreAsync(string key, byte[] value, DistributedCacheEntryOptions options, BackendCall call)
    {
        string own = Own(key);
        ArgumentNullException.ThrowIfNull(options);
        cache.ThrowIfDisposed();
        call.CancellationToken.ThrowIfCancellationRequested();
        var item = new DistributedItem(value, options.SlidingExpiration ?? TimeSpan.Zero);
        var timeToLive = TimeToLive(options);
        if (cache.Backend is { } backend)
        {
            await backend.PutAsync(own, item, DistributedItemSerializer.Instance, new(timeToLive, Kept(timeToLive, item.Sliding)), EntryFlags.None, notes: null, call).ConfigureAwait(false);
            return true;
        }

        cache.Regions.ByHand.Set(own, item, timeToLive, stamp: null, notes: null, item.Sliding);
        return true;
    }

    private TimeSpan TimeToLive(DistributedCacheEntryOptions options)
    {
        var longest = TimeSpan.FromSeconds(cache.Options.MaxTtl);
        var absolute = options.AbsoluteExpirationRelativeToNow ?? (options.AbsoluteExpiration - cache.Options.TimeProvider.GetUtcNow()) ?? longest;
        if (absolute <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), options.AbsoluteExpiration, "The absolute expiration must be in the future.");
        return absolute < longest ? absolute : longest;
    }

    // A read is written down only once in a quarter of the time, so the backend keeps an item for a quarter longer: it never ends early.
    private static TimeSpan Kept(TimeSpan timeToLive, TimeSpan sliding) =>
        sliding > TimeSpan.Zero && sliding * 1.25 < timeToLive ? sliding * 1.25 : timeToLive;

    private static bool IsIdle(DistributedItem item, TimeSpan age) => item.Sliding > TimeSpan.Zero && age >= item.Sliding * 1.25;

    private static bool Write(ReadOnlyMemory<byte>? value, IBufferWriter<byte> destination)
    {
        if (value is { } found)
            destination.Write(found.Span);
        return value is not null;
    }

    private static string Own(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Prefix + key;
    }

    // Calls without tasks have ended when they return.
    private static T Ended<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
