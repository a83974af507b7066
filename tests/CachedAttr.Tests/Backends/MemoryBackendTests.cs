using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Tests.Backends;

/// <summary>The suite on the memory backend, with a clock that the test moves.</summary>
public sealed class MemoryBackendTests : BackendConformance
{
    private readonly ManualTimeProvider _time = new();
    private readonly Dictionary<string, MemoryBackend> _stores = new(StringComparer.Ordinal);

    protected override BackendSettings Adjust(BackendSettings settings) => settings with { TimeProvider = _time };

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings)
    {
        if (!_stores.TryGetValue(settings.KeyPrefix, out var store))
            _stores[settings.KeyPrefix] = store = new MemoryBackend(settings);
        return Task.FromResult<ICacheBackend>(store);
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_stays_within_its_bytes_and_keeps_tombstones()
    {
        await using var small = new MemoryBackend(Settings, maxBytes: 100_000);
        var position = (await small.ReadLogAsync(LogPosition.None, Call)).End;
        await small.InvalidateAsync([Key("gone")], position, Call);
        foreach (int i in Enumerable.Range(0, 500))
            await small.SetAsync($"k{i}", Entry(position, new string('x', 1000)), TimeSpan.FromMinutes(1), Call);
        Assert.InRange((await small.GetStatusAsync(Call)).UsedBytes!.Value, 1, 100_000);
        Assert.Equal("tombstone", Payload(await small.GetAsync("gone", Call)));
    }

    [Fact]
    public async Task What_does_not_fit_leaves_nothing_old_behind()
    {
        await using var small = new MemoryBackend(Settings, maxBytes: 10_000);
        var position = (await small.ReadLogAsync(LogPosition.None, Call)).End;
        Assert.True(await small.SetAsync("k", Entry(position, "old"), TimeSpan.FromMinutes(1), Call));
        await small.PutAsync("k", Entry(position, new string('x', 20_000)), TimeSpan.FromMinutes(1), position, Call);
        Assert.NotEqual("old", Payload(await small.GetAsync("k", Call)));
    }
}
