using System.Buffers;
using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CachedAttr.Tests.Backends;

/// <summary>The suite on the adapter over the framework's distributed cache in memory.</summary>
public class DistributedCacheBackendTests : BackendConformance
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryDistributedCache _cache;

    public DistributedCacheBackendTests() =>
        _cache = new(new OptionsWrapper<MemoryDistributedCacheOptions>(new() { SizeLimit = null, Clock = new Clock(_time) }));

    protected virtual IDistributedCache Cache => _cache;

    protected override BackendSettings Adjust(BackendSettings settings) => settings with { TimeProvider = _time };

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) =>
        Task.FromResult<ICacheBackend>(new DistributedCacheBackend(settings, Cache));

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_log_that_is_gone_is_followed_by_one_with_another_epoch()
    {
        var position = await PresentAsync();
        await Backend.InvalidateAsync([Pattern("a:*")], position, Call);
        await Cache.RemoveAsync(Settings.KeyPrefix + "#log");
        _time.Advance(TimeSpan.FromSeconds(1));
        var page = await Backend.ReadLogAsync(position, Call);
        Assert.NotEqual(position.Epoch, page.Epoch);
        Assert.Equal(0, page.After);
        Assert.Empty(page.Records);
    }

    private sealed class Clock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}

/// <summary>The suite on the adapter over one that reads into the buffers of its callers, and is asked for no arrays then.</summary>
public sealed class BufferDistributedCacheBackendTests : DistributedCacheBackendTests
{
    private Buffers? _buffers;

    protected override IDistributedCache Cache => _buffers ??= new(base.Cache);

    private sealed class Buffers(IDistributedCache inner) : IBufferDistributedCache
    {
        public byte[] Get(string key) => throw new NotSupportedException("Buffers only.");

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => throw new NotSupportedException("Buffers only.");

        public bool TryGet(string key, IBufferWriter<byte> destination) => Copied(inner.Get(key), destination);

        public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
            Copied(await inner.GetAsync(key, token), destination);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            inner.SetAsync(key, value, options, token);

        public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => inner.Set(key, value.ToArray(), options);

        public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            new(inner.SetAsync(key, value.ToArray(), options, token));

        public void Refresh(string key) => inner.Refresh(key);

        public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

        public void Remove(string key) => inner.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

        // In pieces, as a socket would.
        private static bool Copied(byte[]? value, IBufferWriter<byte> destination)
        {
            foreach (byte[] piece in (value ?? []).Chunk(1000))
                destination.Write(piece);
            return value is not null;
        }
    }
}
