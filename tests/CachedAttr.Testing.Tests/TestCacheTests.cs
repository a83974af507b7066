namespace CachedAttr.Testing.Tests;

/// <summary>What a user tests: a service with a source that is counted, on a clock that the test moves.</summary>
public sealed partial class Rates(Cache cache, Func<string, decimal> source)
{
    [Cached("rate:{currency}", Ttl = 60, StaleWhileRevalidate = 60)]
    public partial Task<decimal> GetAsync(string currency);

    private async Task<decimal> GetCoreAsync(string currency)
    {
        await Task.Yield();
        return source(currency);
    }

    [InvalidateCache("rate:*")]
    public partial void Reset();

    private static void ResetCore()
    {
    }
}

public sealed class TestCacheTests : IAsyncDisposable
{
    private const string Method = "Rates.GetAsync";

    private readonly TestCache _test = new();
    private readonly Rates _rates;
    private decimal _rate = 1;

    public TestCacheTests() => _rates = new(_test.Cache, currency => currency == "XXX" ? throw new IOException("The source is away.") : _rate);

    [Fact]
    public async Task Loads_and_hits_are_counted()
    {
        _test.AssertLoaded(Method, times: 0);
        Assert.Equal(1, await _rates.GetAsync("EUR"));
        Assert.Equal(1, await _rates.GetAsync("EUR"));
        Assert.Equal(1, await _rates.GetAsync("USD"));
        _test.AssertLoaded(Method, times: 2);
        _test.AssertHit(Method, times: 1);
        _rates.Reset();
        await _rates.GetAsync("EUR");
        _test.AssertLoaded(Method, times: 3);
    }

    [Fact]
    public async Task A_load_that_throws_is_one_too()
    {
        await Assert.ThrowsAsync<IOException>(() => _rates.GetAsync("XXX"));
        await Assert.ThrowsAsync<IOException>(() => _rates.GetAsync("XXX"));
        Assert.Equal(2, _test.LoadsOf(Method));
    }

    [Fact]
    public async Task Time_passes_when_the_test_says_so_and_a_refresh_is_waited_for()
    {
        await _rates.GetAsync("EUR");
        _test.Clock.Advance(59);
        await _rates.GetAsync("EUR");
        _test.AssertLoaded(Method, times: 1);
        _rate = 2;
        _test.Clock.Advance(2);
        Assert.Equal(1, await _rates.GetAsync("EUR"));
        await _test.WhenIdleAsync();
        Assert.Equal(2, await _rates.GetAsync("EUR"));
        _test.AssertLoaded(Method, times: 2);
    }

    [Fact]
    public async Task An_assertion_that_does_not_hold_says_what_was()
    {
        await _rates.GetAsync("EUR");
        var exception = Assert.Throws<TestCacheException>(() => _test.AssertLoaded(Method, times: 2));
        Assert.Equal("Rates.GetAsync loaded 1 times, not 2. Methods that were called: Rates.GetAsync.", exception.Message);
        Assert.Throws<TestCacheException>(() => _test.AssertHit("Rates.Get", times: 1));
    }

    [Fact]
    public void Timers_fire_in_order_while_the_clock_moves()
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch);
        var fired = new List<(string, double)>();
        using var twice = clock.CreateTimer(_ => fired.Add(("every 2", Seconds())), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var once = clock.CreateTimer(_ => fired.Add(("once", Seconds())), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        clock.Advance(5);
        Assert.Equal([("every 2", 2), ("once", 3), ("every 2", 4)], fired);
        Assert.Equal(5, Seconds());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(-1));

        double Seconds() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
