namespace CachedAttr.Shapes.Tests;

/// <summary>Loaders that say how their value is kept, in each kind of method.</summary>
public sealed partial class Feeds(Cache cache)
{
    public Func<CacheEntryContext<string?>, string?> Source { get; set; } = _ => "v";

    [Cached("feed:{id}", Ttl = 60, StaleIfError = 600)]
    public partial Task<string?> GetAsync(int id, CancellationToken ct = default);

    private async Task<string?> GetCoreAsync(int id, CacheEntryContext<string?> entry, CancellationToken ct)
    {
        await Task.Yield();
        return Source(entry);
    }

    [Cached("feed:v:{id}", Ttl = 60, StaleIfError = 600)]
    public partial ValueTask<string?> GetValueAsync(int id);

    private ValueTask<string?> GetValueCoreAsync(CacheEntryContext<string?> entry, int id) => new(Source(entry));

    [Cached("feed:s:{id}", Ttl = 60, StaleIfError = 600, Tags = ["feeds"])]
    public partial string? Get(int id);

    private string? GetCore(int id, CacheEntryContext<string?> entry) => Source(entry);

    [Cached("feed:w:{id}", Ttl = 60, When = nameof(IsCached))]
    public partial string? GetWhen(int id);

    private string? GetWhenCore(int id, CacheEntryContext<string?> entry) => Source(entry);

    private static bool IsCached(int id) => id > 0;
}

public sealed class ContextTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Cache _cache;
    private readonly Feeds _feeds;

    public ContextTests()
    {
        _cache = Cache.Create(options => options.TimeProvider = _time);
        _feeds = new(_cache);
    }

    public static TheoryData<string> Kinds => ["Task", "ValueTask", "Sync"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_loader_decides_the_time_to_live(string kind)
    {
        int loads = 0;
        _feeds.Source = entry =>
        {
            loads++;
            entry.Ttl = TimeSpan.FromSeconds(5);
            return "v";
        };
        await GetAsync(kind);
        _time.Advance(TimeSpan.FromSeconds(4));
        await GetAsync(kind);
        Assert.Equal(1, loads);
        _time.Advance(TimeSpan.FromSeconds(2));
        await GetAsync(kind);
        Assert.Equal(2, loads);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_loader_keeps_its_value_out_of_the_cache(string kind)
    {
        int loads = 0;
        _feeds.Source = entry =>
        {
            loads++;
            entry.IsStored = false;
            return "v";
        };
        await GetAsync(kind);
        await GetAsync(kind);
        Assert.Equal(2, loads);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_loader_refreshes_under_a_condition(string kind)
    {
        _feeds.Source = entry =>
        {
            Assert.False(entry.HasStale);
            Assert.Null(entry.ETag);
            Assert.Throws<InvalidOperationException>(entry.NotModified);
            entry.ETag = "\"1\"";
            entry.LastModified = DateTimeOffset.UnixEpoch;
            return "v1";
        };
        Assert.Equal("v1", await GetAsync(kind));
        _time.Advance(TimeSpan.FromSeconds(61));
        _feeds.Source = entry =>
        {
            Assert.Equal((true, "v1", "\"1\"", DateTimeOffset.UnixEpoch), (entry.HasStale, entry.Stale, entry.ETag, entry.LastModified));
            return entry.NotModified();
        };
        Assert.Equal("v1", await GetAsync(kind));
        _time.Advance(TimeSpan.FromSeconds(59));
        _feeds.Source = _ => throw new InvalidOperationException("The value is fresh.");
        Assert.Equal("v1", await GetAsync(kind));
        _time.Advance(TimeSpan.FromSeconds(2));
        _feeds.Source = entry =>
        {
            Assert.Equal("\"1\"", entry.ETag);
            return "v2";
        };
        Assert.Equal("v2", await GetAsync(kind));
    }

    [Fact]
    public void A_call_that_is_not_cached_has_a_context_too()
    {
        _feeds.Source = entry => entry.HasStale ? "stale" : "v";
        Assert.Equal("v", _feeds.GetWhen(0));
        Assert.Equal("v", _feeds.GetWhen(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_scope_loads_afresh_and_another_stores_nothing(string kind)
    {
        int version = 0;
        _feeds.Source = _ => "v" + ++version;
        using (CacheScope.NoStore())
            Assert.Equal("v1", await GetAsync(kind));
        Assert.Equal("v2", await GetAsync(kind));
        using (CacheScope.NoStore())
            Assert.Equal("v2", await GetAsync(kind));
        using (CacheScope.Bypass())
            Assert.Equal("v3", await GetAsync(kind));
        Assert.Equal("v3", await GetAsync(kind));
        using (CacheScope.Bypass())
        {
            using (CacheScope.NoStore())
                Assert.Equal("v4", await GetAsync(kind));
            Assert.Equal("v5", await GetAsync(kind));
        }

        Assert.Equal("v5", await GetAsync(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_scope_is_of_its_own_flow_only(string kind)
    {
        int version = 0;
        _feeds.Source = _ => "v" + ++version;
        await GetAsync(kind);
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var other = Task.Run(async () =>
        {
            using (CacheScope.Bypass())
            {
                entered.SetResult();
                await leave.Task;
                return await GetAsync(kind);
            }
        });
        await entered.Task;
        Assert.Equal("v1", await GetAsync(kind));
        leave.SetResult();
        Assert.Equal("v2", await other);
        Assert.Equal("v2", await GetAsync(kind));
    }

    public void Dispose() => _cache.Dispose();

    private async Task<string?> GetAsync(string kind) => kind switch
    {
        "Task" => await _feeds.GetAsync(1),
        "ValueTask" => await _feeds.GetValueAsync(1),
        _ => _feeds.Get(1),
    };
}
