using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CachedAttr.Tests.Backends;

/// <summary>The suite on the adapter over the framework's distributed cache in memory.</summary>
public sealed class DistributedCacheBackendTests : BackendConformance
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryDistributedCache _cache;

    public DistributedCacheBackendTests() =>
        _cache = new(new OptionsWrapper<MemoryDistributedCacheOptions>(new() { SizeLimit = null, Clock = new Clock(_time) }));

    protected override BackendSettings Adjust(BackendSettings settings) => settings with { TimeProvider = _time };

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) =>
        Task.FromResult<ICacheBackend>(new DistributedCacheBackend(settings, _cache));

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
        await _cache.RemoveAsync(Settings.KeyPrefix + "#log");
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
