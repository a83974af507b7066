using CachedAttr.Backends;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <summary>Many callers at the moment when a value ends: one load, and nobody waits for it who can be served.</summary>
public sealed partial class ExpiryStampedeTests : IDisposable
{
    private const int Callers = 1000;

    private readonly ManualTimeProvider _time = new();
    private readonly Cache _cache;
    private readonly Cache _shared;

    public ExpiryStampedeTests()
    {
        _cache = Cache.Create(options => options.TimeProvider = _time);
        _shared = Cache.Create(options =>
        {
            options.TimeProvider = _time;

            // Calls that are on their way while the clock jumps have taken no time.
            options.HeartbeatInterval = options.MaxLoad = 1_000_000;
            options.BackendTimeout = 80_000;
            options.BackendFactory = static settings => new MemoryBackend(settings);
        });
    }

    public static TheoryData<string, bool, bool> Served
    {
        get
        {
            var all = new TheoryData<string, bool, bool>();
            foreach (string feature in new[] { "StaleWhileRevalidate", "RefreshAhead" })
            {
                foreach (bool synchronous in new[] { false, true })
                {
                    all.Add(feature, synchronous, false);
                    all.Add(feature, synchronous, true);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Served))]
    public async Task One_load_in_the_background_and_nobody_waits(string feature, bool synchronous, bool backend)
    {
        var policy = feature == "RefreshAhead" ? new CachePolicy { Ttl = 10, RefreshAhead = 0.5 } : new CachePolicy { Ttl = 5, StaleWhileRevalidate = 60 };
        var method = new TestMethod<string>(backend ? _shared : _cache, policy, serializer: backend);
        await method.GetAsync(1, "old");
        _time.Advance(TimeSpan.FromSeconds(6));

        // The load does not end before all have been served: whoever waited for it would wait for ever.
        using var gate = new ManualResetEventSlim();
        var source = new TaskCompletionSource<string>();
        var answers = await AllAsync(() => synchronous
            ? Task.FromResult(method.Get(1, () =>
            {
                gate.Wait();
                return "new";
            }))
            : method.GetAsync(1, _ => new(source.Task)));
        Assert.All(answers, answer => Assert.Equal("old", answer));
        gate.Set();
        source.SetResult("new");
        await method.WhenIdleAsync();
        Assert.Equal(2, method.Loads);
        Assert.Equal("new", synchronous ? method.Get(1, () => "newer") : await method.GetAsync(1, "newer"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_load_that_fails_and_all_get_the_stale_value(bool synchronous)
    {
        var method = new TestMethod<string>(_cache, new CachePolicy { Ttl = 5, StaleIfError = 60 });
        await method.GetAsync(1, "old");
        _time.Advance(TimeSpan.FromSeconds(6));
        var answers = await AllAsync(() => synchronous
            ? Task.FromResult(method.Get(1, () => throw new IOException("The source is away.")))
            : method.GetAsync(1, async _ =>
            {
                await Task.Yield();
                throw new IOException("The source is away.");
            }));
        Assert.All(answers, answer => Assert.Equal("old", answer));
        Assert.Equal(2, method.Loads);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4.0)]
    public async Task One_load_that_all_wait_for_when_nothing_can_be_served(double? sliding)
    {
        var method = new TestMethod<string>(_cache, new CachePolicy { Ttl = 5, Sliding = sliding, Jitter = 0.1 });
        await method.GetAsync(1, "old");
        _time.Advance(TimeSpan.FromSeconds(6));
        var source = new TaskCompletionSource<string>();
        var calls = AllAsync(() => method.GetAsync(1, _ => new(source.Task)));
        while (method.Loads < 2)
            await Task.Yield();
        source.SetResult("new");
        Assert.All(await calls, answer => Assert.Equal("new", answer));
        Assert.Equal(2, method.Loads);
    }

    [Fact]
    public async Task One_slow_load_and_all_get_the_stale_value_after_their_patience()
    {
        var method = new TestMethod<string>(_cache, new CachePolicy { Ttl = 5, StaleIfError = 60, SoftTimeout = 1 });
        await method.GetAsync(1, "old");
        _time.Advance(TimeSpan.FromSeconds(6));
        var source = new TaskCompletionSource<string>();
        var calls = AllAsync(() => method.GetAsync(1, _ => new(source.Task)));
        while (_time.DueWithin(TimeSpan.FromSeconds(1)) < Callers)
            await Task.Yield();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await calls, answer => Assert.Equal("old", answer));
        Assert.Equal(2, method.Loads);
        source.SetResult("new");
        await method.WhenIdleAsync();
        Assert.Equal("new", await method.GetAsync(1, "newer"));
    }

    public void Dispose()
    {
        _cache.Dispose();
        _shared.Dispose();
    }

    private static async Task<string[]> AllAsync(Func<Task<string>> call)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, Callers).Select(async _ =>
        {
            await start.Task;
            return await call();
        }).ToList();
        start.SetResult();
        return await Task.WhenAll(calls);
    }
}
