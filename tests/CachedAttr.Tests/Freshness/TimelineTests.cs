using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using CachedAttr.Tests.Coherence;

namespace CachedAttr.Tests.Freshness;

/// <summary>The time lines in this process alone.</summary>
public sealed class LocalTimelines : FreshnessTimelines
{
    protected override bool IsShared => false;

    protected override void Configure(CacheOptions options)
    {
    }
}

/// <summary>The time lines with a backend in memory.</summary>
public sealed class MemoryTimelines : FreshnessTimelines
{
    private MemoryBackend? _store;

    protected override void Configure(CacheOptions options) => options.BackendFactory = settings => new Undisposed(_store ??= new MemoryBackend(settings));
}
