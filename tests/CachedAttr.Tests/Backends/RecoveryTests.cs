using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Tests.Backends;

/// <summary>A backend that was away, and calls that were on their way to it meanwhile.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Calls_that_began_before_it_came_back_do_not_make_it_suspect_when_they_fail_after()
    {
        var time = new ManualTimeProvider();
        var settings = new BackendSettings { TimeProvider = time };
        var store = new FaultyBackend(new MemoryBackend(settings));
        var resilience = new ResilienceSettings { Timeout = TimeSpan.FromSeconds(10), BreakDuration = TimeSpan.FromSeconds(0.5), FailSilently = true };
        await using var backend = new ResilientBackend(store, static fallback => new MemoryBackend(fallback), settings, resilience);

        store.Fault = Fault.Frozen;
        var late = Enumerable.Range(0, 4).Select(i => backend.GetAsync($"k:{i}", BackendCall.Async()).AsTask()).ToList();
        late.AddRange(Enumerable.Range(0, 4).Select(async i => (ReadOnlyMemory<byte>?)((await backend.GetManyAsync([$"k:{i}"], BackendCall.Async()))[0])));
        store.Fault = Fault.Refused;
        while (backend.IsTrusted)
            await backend.GetAsync("k", BackendCall.Async());
        store.Fault = Fault.None;
        time.Advance(TimeSpan.FromSeconds(1));
        await backend.ReadLogAsync(default, BackendCall.Async());
        Assert.True(backend.IsTrusted);

        time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(late);
        Assert.True(backend.IsTrusted);

        store.Fault = Fault.Refused;
        for (int i = 0; i < 20; i++)
            await backend.GetAsync("k", BackendCall.Async());
        Assert.False(backend.IsTrusted);
    }
}
