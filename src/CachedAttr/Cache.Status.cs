using CachedAttr.Backends;
using CachedAttr.Telemetry;

namespace CachedAttr;

/// <content>Looking in.</content>
public sealed partial class Cache
{
    /// <summary>What the cache does: its methods with their counters, the last invalidations, the backend as this process sees it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status. It is read from counters: no entry is looked at, and the backend is not asked.</returns>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask<CacheStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<CacheStatus>(cancellationToken) : new(GetStatus());

    /// <inheritdoc cref="GetStatusAsync"/>
    public CacheStatus GetStatus()
    {
        ThrowIfDisposed();
        return _status.Read();
    }

    /// <summary>Asks the backend how it is, and judges what that means for callers.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Healthy without a backend. A backend that does not answer makes it degraded if its faults are silent, and unhealthy if callers get them.</returns>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public async ValueTask<CacheHealth> CheckHealthAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        if (Backend is null)
            return new(CacheHealthStatus.Healthy, "In memory; there is no backend.");
        var time = Options.TimeProvider;
        long began = time.GetTimestamp();
        try
        {
            var status = await Backend.Resilient.GetStatusAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
            var latency = time.GetElapsedTime(began);
            var state = _status.ReadBackend()!;
            return Judge(state) with { Latency = latency, State = state, Backend = status };
        }
        catch (CacheBackendException exception)
        {
            return new(Options.FailSilently ? CacheHealthStatus.Degraded : CacheHealthStatus.Unhealthy, exception.Message) { State = _status.ReadBackend() };
        }
    }

    /// <summary>What is known of the entry under a key, without reading it for anyone: it counts as no hit.</summary>
    /// <param name="key">The key, without the application's prefix.</param>
    /// <param name="withValue">Whether the value is shown, as JSON.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is known; <see langword="null"/> if there is no valid entry.</returns>
    /// <exception cref="ArgumentException">The key is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public async ValueTask<CacheEntryInfo?> DescribeAsync(string key, bool withValue = false, CancellationToken cancellationToken = default)
    {
        CheckKey(key);
        var region = Regions.Find(key, typeof(void));
        var here = region.Describe(key, withValue);
        if (here is not null || Backend is null)
            return here;
        var there = await Backend.DescribeAsync(key, withValue, BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        return there is null ? null : there with { Method = region.Name };
    }

    private CacheHealth Judge(BackendState state)
    {
        // Three heartbeats: one may get lost, and one may be on its way.
        var limit = TimeSpan.FromSeconds((3 * Options.HeartbeatInterval) + Options.BackendTimeout);
        if (!state.IsInUse)
            return new(Options.FailSilently ? CacheHealthStatus.Degraded : CacheHealthStatus.Unhealthy, $"The backend '{state.Name}' answers, and is not in use again yet.");
        if (state.LogLag > limit)
            return new(CacheHealthStatus.Degraded, FormattableString.Invariant($"The invalidation log was last followed {state.LogLag.TotalSeconds:0.#} s ago."));
        return new(CacheHealthStatus.Healthy, $"The backend '{state.Name}' answers.");
    }
}
