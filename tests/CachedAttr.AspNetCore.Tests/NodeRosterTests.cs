using System.Net.Http.Json;
using System.Text.Json;
using CachedAttr.AspNetCore;
using CachedAttr.Backends;

namespace CachedAttr.AspNetCore.Tests;

/// <summary>Who else follows the log.</summary>
public sealed class NodeRosterTests : IAsyncDisposable
{
    private readonly Clock _clock = new();
    private readonly List<Cache> _caches = [];
    private MemoryBackend? _store;

    public async ValueTask DisposeAsync()
    {
        foreach (var cache in _caches)
            await cache.DisposeAsync();
    }

    [Fact]
    public async Task Each_hears_of_the_others_and_is_first_in_its_own_list()
    {
        using NodeRoster a = Add("a"), b = Add("b"), c = Add("c");
        foreach (var node in new[] { a, b, c, a, b })
            await node.AnnounceAsync();

        Assert.Equal(["a", "b", "c"], a.Snapshot().Select(node => node.Name));
        Assert.Equal(["b", "a", "c"], b.Snapshot().Select(node => node.Name));
        Assert.Equal([true, false, false], b.Snapshot().Select(node => node.Own));
    }

    [Fact]
    public async Task Who_is_silent_for_too_long_is_gone()
    {
        using NodeRoster a = Add("a"), b = Add("b");
        await b.AnnounceAsync();
        await a.AnnounceAsync();
        _clock.Now += NodeRoster.Patience - TimeSpan.FromSeconds(1);
        await a.AnnounceAsync();
        Assert.Equal([0, 29], a.Snapshot().Select(node => Math.Round(node.Seen)));
        _clock.Now += TimeSpan.FromSeconds(2);
        await a.AnnounceAsync();

        Assert.Equal(["a"], a.Snapshot().Select(node => node.Name));
    }

    [Fact]
    public async Task It_tells_how_far_a_node_was_behind()
    {
        using NodeRoster a = Add("a"), b = Add("b");
        await b.AnnounceAsync();
        _clock.Now += TimeSpan.FromSeconds(7); // no heartbeat meanwhile
        await b.AnnounceAsync();
        await a.AnnounceAsync();

        Assert.Equal([0, 7], a.Snapshot().Select(node => Math.Round(node.Lag)));
    }

    [Fact]
    public async Task Its_entry_is_nobodys_key()
    {
        using var a = Add("a");
        await a.AnnounceAsync();

        Assert.NotNull(await _store!.GetAsync(NodeRoster.Key, BackendCall.Async()));
        Assert.False(await _caches[0].ExistsAsync(NodeRoster.Key));
        Assert.Empty(await _caches[0].KeysAsync().ToListAsync());
    }

    [Fact]
    public async Task Bytes_of_something_else_are_passed_over()
    {
        using var a = Add("a");
        await _store!.SetAsync(NodeRoster.Key, new byte[100], TimeSpan.FromMinutes(1), BackendCall.Async());
        await a.AnnounceAsync();

        Assert.Equal(["a"], a.Snapshot().Select(node => node.Name));
    }

    [Fact]
    public async Task The_status_has_them()
    {
        await using var app = await TestApp.StartAsync(cache: options => options.BackendFactory = static settings => new MemoryBackend(settings));
        JsonElement nodes;
        do
            nodes = (await app.Client.GetFromJsonAsync<JsonElement>("/cache/status")).GetProperty("nodes");
        while (nodes.GetArrayLength() == 0);

        Assert.True(nodes[0].GetProperty("own").GetBoolean());
    }

    private NodeRoster Add(string name)
    {
        var cache = Cache.Create(options =>
        {
            options.TimeProvider = _clock;
            options.BackendFactory = settings => _store ??= new MemoryBackend(settings);
        });
        _caches.Add(cache);
        return new(cache.Backend!, _clock, name);
    }

    /// <summary>A clock that the test moves, and whose timers never fire.</summary>
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
