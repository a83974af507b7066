using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Caching.Distributed;

namespace CachedAttr.Backends;

/// <summary>Bytes with their expiry in an <see cref="IDistributedCache"/>, which does not tell how long it keeps something. The expiry is the first eight bytes.</summary>
internal sealed class DistributedStore(IDistributedCache cache, TimeProvider time)
{
    private const int ExpiryBytes = 8;

    private readonly IBufferDistributedCache? _buffers = cache as IBufferDistributedCache;

    public string Description => cache.GetType().Name;

    public async ValueTask<StoredEntry?> ReadAsync(string key, BackendCall call)
    {
        call.CancellationToken.ThrowIfCancellationRequested();
        var stored = _buffers is null
            ? call.IsSynchronous ? cache.Get(key) : await cache.GetAsync(key, call.CancellationToken).ConfigureAwait(false)
            : await ReadBufferAsync(_buffers, key, call).ConfigureAwait(false);
        if (stored is not { Length: >= ExpiryBytes } bytes)
            return null;
        long expires = BinaryPrimitives.ReadInt64BigEndian(bytes.Span);
        return expires <= Microseconds.Of(time.GetUtcNow()) ? null : new(bytes[ExpiryBytes..], expires);
    }

    public async ValueTask WriteAsync(string key, ReadOnlyMemory<byte> bytes, TimeSpan timeToLive, BackendCall call)
    {
        byte[] stored = new byte[ExpiryBytes + bytes.Length];
        BinaryPrimitives.WriteInt64BigEndian(stored, Microseconds.Of(time.GetUtcNow() + timeToLive));
        bytes.CopyTo(stored.AsMemory(ExpiryBytes));
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = timeToLive };
        if (call.IsSynchronous)
            cache.Set(key, stored, options);
        else
            await cache.SetAsync(key, stored, options, call.CancellationToken).ConfigureAwait(false);
    }

    public async ValueTask RemoveAsync(string key, BackendCall call)
    {
        if (call.IsSynchronous)
            cache.Remove(key);
        else
            await cache.RemoveAsync(key, call.CancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBufferAsync(IBufferDistributedCache cache, string key, BackendCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        bool found = call.IsSynchronous ? cache.TryGet(key, buffer) : await cache.TryGetAsync(key, buffer, call.CancellationToken).ConfigureAwait(false);
        return found ? buffer.WrittenMemory : default(ReadOnlyMemory<byte>?);
    }
}

/// <summary>What a store has under a key.</summary>
internal sealed record StoredEntry(ReadOnlyMemory<byte> Bytes, long Expires)
{
    public bool IsTombstone => EntryHeader.TryReadStamp(Bytes.Span, out _, out var flags) && (flags & EntryFlags.Tombstone) != EntryFlags.None;
}
