using CachedAttr.Backends;
using CachedAttr.Invalidation;
using CachedAttr.Telemetry;

namespace CachedAttr.Coherence;

/// <summary>Appends what this process invalidates to the backend's log. When a call returns it holds in this process, whatever the backend does. Thread-safe.</summary>
internal sealed class LogAppender
{
    private readonly Cache _cache;
    private readonly ICacheBackend _backend;
    private readonly LogFollower _follower;
    private readonly RecentInvalidations _recent;
    private readonly GroupCommit _together;

    public LogAppender(Cache cache, ICacheBackend backend, LogFollower follower, TimeProvider time)
    {
        (_cache, _backend, _follower) = (cache, backend, follower);
        _recent = new(time);
        _together = new((what, call) => SendAsync(what, call).AsTask());
    }

    /// <summary>Appends invalidations, together with those that others ask for at the same time.</summary>
    /// <exception cref="CacheBackendException">Faults are not silent, and the backend failed. The invalidations hold here and will be sent.</exception>
    public async ValueTask InvalidateAsync(IReadOnlyList<InvalidationTarget> what, BackendCall call)
    {
        using var activity = CacheTracing.Start(CacheTelemetry.Invalidate);
        if (call.IsSynchronous)
        {
            await SendAsync(what, call).ConfigureAwait(false);
            return;
        }

        var sending = _together.SendAsync(what, call);
        try
        {
            await sending.WaitAsync(call.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!sending.IsCompleted)
        {
            _cache.InvalidateHere(what); // it is sent all the same
            sending.Forget();
        }
    }

    /// <summary>Appends the invalidation of a key with a call of its own.</summary>
    /// <param name="key">The key.</param>
    /// <param name="call">How it is called.</param>
    /// <param name="append">Appends the record, and whatever goes with it, and asks for what stands after a position; <see langword="null"/>: the record alone.</param>
    /// <returns>The record's number, in this process's numbers.</returns>
    /// <exception cref="CacheBackendException">As with <see cref="InvalidateAsync"/>.</exception>
    public async ValueTask<long> AppendAsync(string key, BackendCall call, Func<LogPosition, ValueTask<LogPage>>? append = null)
    {
        using var activity = CacheTracing.Start(CacheTelemetry.Invalidate);
        return await SendAsync([new(InvalidationKind.Key, key)], call, append).ConfigureAwait(false);
    }

    /// <summary>Appends again what was appended just before the connection was lost: the server that is there now may not have it.</summary>
    public async Task AppendAgainAsync()
    {
        try
        {
            await _follower.FollowAsync().ConfigureAwait(false);
            if (_recent.Snapshot() is { Count: > 0 } recent)
                await SendAsync(recent, BackendCall.Async()).ConfigureAwait(false);
        }
        catch (CacheBackendException)
        {
            // It is pending then, and goes out with the recovery.
        }
    }

    private async ValueTask<long> SendAsync(IReadOnlyList<InvalidationTarget> what, BackendCall call, Func<LogPosition, ValueTask<LogPage>>? append = null)
    {
        LogPage page;
        var question = _follower.Ask();
        _cache.History.Own(what, echoes: true);
        try
        {
            append ??= after => _backend.InvalidateAsync(what, after, call);
            page = await append(_follower.Position).ConfigureAwait(false);
        }
        catch
        {
            _cache.InvalidateHere(what);
            throw;
        }

        if (page.Appended == 0)
            return _cache.InvalidateHere(what);
        _recent.Add(what);
        try
        {
            await _follower.TakeInAsync(page, question, call).ConfigureAwait(false);
        }
        catch (CacheBackendException)
        {
            return _cache.InvalidateHere(what); // it was appended, and what stands before it in the log could not be read
        }
        catch (OperationCanceledException)
        {
            _cache.InvalidateHere(what);
            throw;
        }

        return page.Appended << InvalidationLog.ExtraBits;
    }
}
