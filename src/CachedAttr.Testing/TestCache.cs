using System.Globalization;
using CachedAttr.Telemetry;

namespace CachedAttr.Testing;

/// <summary>A cache for one test: in memory, on a clock that the test moves, with what it did to be asserted. Nothing sleeps.</summary>
/// <example>
/// <code>
/// await using var test = new TestCache();
/// var servers = new ServerService(test.Cache, database);
/// await servers.GetServerAsync(7);
/// await servers.GetServerAsync(7);
/// test.AssertLoaded("ServerService.GetServerAsync", times: 1);
/// test.Clock.Advance(601);
/// await servers.GetServerAsync(7);
/// test.AssertLoaded("ServerService.GetServerAsync", times: 2);
/// </code>
/// </example>
public sealed class TestCache : IAsyncDisposable, IDisposable
{
    /// <summary>Makes a cache with default options, except for its clock.</summary>
    /// <param name="configure">Sets more options.</param>
    public TestCache(Action<CacheOptions>? configure = null) => Cache = CachedAttr.Cache.Create(options =>
    {
        options.TimeProvider = Clock;
        configure?.Invoke(options);
    });

    /// <summary>The clock of the cache.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>The cache, to be given to what is tested.</summary>
    public Cache Cache { get; }

    /// <summary>How often a cached method has asked its source, whether that brought a value or threw.</summary>
    /// <param name="method">The method: <c>ServerService.GetServerAsync</c>.</param>
    /// <returns>The number; 0 for a method that has not been called.</returns>
    public long LoadsOf(string method) => StatusOf(method) is { } status ? status.Loads + status.LoadFailures : 0;

    /// <summary>How many calls of a cached method were answered without its source.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The number; 0 for a method that has not been called.</returns>
    public long HitsOf(string method) => StatusOf(method)?.Hits ?? 0;

    /// <summary>Asserts how often a cached method has asked its source.</summary>
    /// <param name="method">The method.</param>
    /// <param name="times">How often.</param>
    /// <exception cref="TestCacheException">It was another number; the message names it, and the methods that were called.</exception>
    public void AssertLoaded(string method, long times) => Assert(method, "loaded", LoadsOf(method), times);

    /// <summary>Asserts how many calls of a cached method were answered without its source.</summary>
    /// <param name="method">The method.</param>
    /// <param name="times">How many.</param>
    /// <exception cref="TestCacheException">It was another number; the message names it, and the methods that were called.</exception>
    public void AssertHit(string method, long times) => Assert(method, "hit", HitsOf(method), times);

    /// <summary>Waits until no load is in progress in the background, such as one of <c>StaleWhileRevalidate</c>, so that a test sees what it brought.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then.</returns>
    public async Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        while (!Cache.IsIdle)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Cache.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Cache.DisposeAsync();

    private MethodStatus? StatusOf(string method)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        return Cache.GetStatus().Methods.FirstOrDefault(status => status.Name == method);
    }

    private void Assert(string method, string what, long actual, long expected)
    {
        if (actual == expected)
            return;
        string known = string.Join(", ", Cache.GetStatus().Methods.Select(static status => status.Name).Where(static name => name != "Cache.ByHand"));
        throw new TestCacheException(string.Create(
            CultureInfo.InvariantCulture, $"{method} {what} {actual} times, not {expected}. Methods that were called: {(known.Length == 0 ? "none" : known)}."));
    }
}
