using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Tests.Backends;

/// <summary>The suite on what stands around every backend, over one that could fail and does not: nothing of a backend gets lost in it.</summary>
public sealed class ResilientBackendTests : BackendConformance
{
    private readonly ManualTimeProvider _time = new();
    private readonly Dictionary<string, ICacheBackend> _stores = new(StringComparer.Ordinal);

    protected override BackendSettings Adjust(BackendSettings settings) => settings with { TimeProvider = _time };

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings)
    {
        if (!_stores.TryGetValue(settings.KeyPrefix, out var store))
            _stores[settings.KeyPrefix] = store = new FaultyBackend(new MemoryBackend(settings));
        return Task.FromResult<ICacheBackend>(new ResilientBackend(store, static fallback => new MemoryBackend(fallback), settings));
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
