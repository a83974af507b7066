using System.Runtime.CompilerServices;
using CachedAttr.Keys;
using Polly;
using Polly.CircuitBreaker;

namespace CachedAttr.Backends;

/// <summary>
/// Puts a time limit and a circuit breaker around a backend, a fallback beside it, and keeps invalidations until it has them.
/// </summary>
/// <remarks>
/// <para>
/// The backend is <em>trusted</em> while it answers and has every invalidation of this process. Otherwise reads and writes go to the fallback, and
/// <see cref="ReadLogAsync"/>, which whoever follows the log calls once a second, is what tries again: it hands over what is pending, and with its success
/// the backend is trusted again. What was kept in the fallback meanwhile is dropped then.
/// </para>
/// <para>
/// An invalidation that did not reach the backend returns a page without <see cref="LogPage.Appended"/>: it holds in this process, and has no number yet. One
/// whose outcome is unknown is sent again: twice is not wrong. Thread-safe.
/// </para>
/// </remarks>
public sealed class ResilientBackend : ICacheBackend
{
    private readonly ICacheBackend _primary;
    private readonly ICacheBackend _fallback;
    private readonly ResilienceSettings _resilience;
    private readonly BackendPipeline _pipeline;
    private readonly BackendTrust _trust;
    private readonly SharedDeadlines _deadlines;
    private readonly BackendSettings _settings;
    private long _faults;

    /// <summary>Wraps a backend. It is not called yet.</summary>
    /// <param name="primary">The backend; disposed with this.</param>
    /// <param name="fallback">Makes what is used in its place, memory or a file; disposed with this.</param>
    /// <param name="settings">The clock and the log.</param>
    /// <param name="resilience">Time limit and breaker; <see langword="null"/>: the defaults.</param>
    public ResilientBackend(ICacheBackend primary, Func<BackendSettings, ICacheBackend> fallback, BackendSettings settings, ResilienceSettings? resilience = null)
    {
        ArgumentNullException.ThrowIfNull(primary);
        ArgumentNullException.ThrowIfNull(fallback);
        ArgumentNullException.ThrowIfNull(settings);
        _primary = primary;

        // Stamps stand still while the backend is away, and nobody but this process writes to the fallback: its age is no sign of anything.
        _fallback = fallback(settings with { MaxLoad = TimeSpan.FromDays(36_500) });
        _settings = settings;
        _resilience = resilience ?? new();
        _trust = new(_resilience.MaxPending);
        _deadlines = new(settings.TimeProvider, _resilience.Timeout);
        _pipeline = new(_resilience, settings.TimeProvider, exception => Distrust(exception));
    }

    /// <inheritdoc/>
    public string Name => _primary.Name;

    /// <summary>Whether calls go to the backend, and not to the fallback.</summary>
    public bool IsTrusted => _trust.IsTrusted;

    /// <summary>The circuit breaker: <c>closed</c>, <c>open</c>, <c>half-open</c>.</summary>
    public string Breaker => _pipeline.Breaker;

    /// <summary>How many calls have failed.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>How many invalidations wait for the backend.</summary>
    public int Pending => _trust.Pending;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call)
    {
        if (call.IsSynchronous || !IsTrusted)
            return DoAsync(call, key, static (backend, key, call) => backend.GetAsync(key, call), Unguarded);
        if (call.CancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadOnlyMemory<byte>?>(call.CancellationToken);

        // The way of every hit: nothing is set up that only a fault needs. The limit is on the wait, and a fault is told to the breaker.
        int era = _pipeline.Era;
        try
        {
            var read = _primary.GetAsync(key, call with { CancellationToken = CancellationToken.None });
            return read.IsCompletedSuccessfully ? read : GetAsync(read.AsTask(), era, key, call);
        }
        catch (Exception exception) when (BackendPipeline.IsFault(exception, call))
        {
            return GetAsync(Task.FromException<ReadOnlyMemory<byte>?>(exception), era, key, call);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        DoAsync(call, keys, static (backend, keys, call) => backend.GetManyAsync(keys, call), static entries => [.. entries.Select(Unguarded)]);

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) =>
        DoAsync(call, (key, entry, timeToLive), static (backend, set, call) => backend.SetAsync(set.key, set.entry, set.timeToLive, call));

    /// <inheritdoc/>
    public async ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call)
    {
        var put = (key, entry, timeToLive, after);
        var page = await AppendAsync([new(InvalidationKind.Key, key)], after, call, put, static (backend, put, call) =>
            backend.PutAsync(put.key, put.entry, put.timeToLive, put.after, call)).ConfigureAwait(false);
        if (page.Appended == 0)
            await _fallback.SetAsync(key, entry, timeToLive, call).ConfigureAwait(false);
        return page;
    }

    /// <inheritdoc/>
    public async ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call)
    {
        var page = await AppendAsync(what, after, call, (what, after), static (backend, append, call) =>
            backend.InvalidateAsync(append.what, append.after, call)).ConfigureAwait(false);

        // Physically, and keys only: patterns are judged by who reads, and loads in progress are kept away where they run.
        if (page.Appended == 0)
            await _fallback.RemoveAsync([.. what.Where(static one => one.Kind == InvalidationKind.Key).Select(static one => one.Text)], call).ConfigureAwait(false);
        return page;
    }

    /// <inheritdoc/>
    /// <exception cref="CacheBackendException">The backend does not answer, whether faults are silent or not: there is no log but its own.</exception>
    public async ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call)
    {
        try
        {
            var page = await _pipeline.DoAsync(_primary, call, after, static (backend, after, call) => backend.ReadLogAsync(after, call)).ConfigureAwait(false);
            if (!IsTrusted)
                page = await RecoverAsync(page, after, call).ConfigureAwait(false);
            return page;
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && call.CancellationToken.IsCancellationRequested))
        {
            // Whatever it is: who follows the log asks for nothing that could be refused.
            Interlocked.Increment(ref _faults);
            Distrust(exception);
            throw Failed(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CheckedEntry?> GetCheckedAsync(string? key, LogPosition position, BackendCall call)
    {
        if (!IsTrusted)
            return null;
        int era = _pipeline.Era;
        Task<CheckedEntry?>? reading = null;
        try
        {
            reading = _primary.GetCheckedAsync(key, position, call with { CancellationToken = CancellationToken.None }).AsTask();
            return await WithinLimitAsync(reading, call).ConfigureAwait(false);
        }
        catch (Exception exception) when (BackendPipeline.IsFault(exception, call))
        {
            // Not known: the log is read, and the entry by itself, which say what is to be said.
            await ReportAsync(exception, reading, era).ConfigureAwait(false);
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) => _primary.WatchLogAsync(watcher, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) =>
        DoAsync(call, keys, static (backend, keys, call) => backend.RemoveAsync(keys, call));

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) =>
        DoAsync(call, key, static (backend, key, call) => backend.GetTimeToLiveAsync(key, call));

    /// <inheritdoc/>
    public ValueTask<bool> ExistsAsync(string key, BackendCall call) =>
        DoAsync(call, key, static (backend, key, call) => backend.ExistsAsync(key, call));

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) =>
        DoAsync(call, (key, increment), static (backend, add, call) => backend.IncrementAsync(add.key, add.increment, call));

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A scan takes as long as it takes, and its faults are its caller's: half of the keys would be a wrong answer.
        await foreach (string key in (IsTrusted ? _primary : _fallback).ScanAsync(pattern, cancellationToken).ConfigureAwait(false))
            yield return key;
    }

    /// <inheritdoc/>
    public async ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call)
    {
        var held = await DoAsync(call, (name, expiry), static (backend, take, call) => backend.TryLockAsync(take.name, take.expiry, call)).ConfigureAwait(false);
        return held is null ? null : new ResilientLock(held, _pipeline, this);
    }

    /// <inheritdoc/>
    /// <exception cref="CacheBackendException">The backend does not answer, whether faults are silent or not.</exception>
    public async ValueTask<BackendStatus> GetStatusAsync(BackendCall call)
    {
        try
        {
            return await _pipeline.DoAsync(_primary, call, 0, static (backend, _, call) => backend.GetStatusAsync(call)).ConfigureAwait(false);
        }
        catch (Exception exception) when (BackendPipeline.IsFault(exception, call))
        {
            throw Failed(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _primary.DisposeAsync().ConfigureAwait(false);
        await _fallback.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> GetAsync(Task<ReadOnlyMemory<byte>?> read, int era, string key, BackendCall call)
    {
        Exception fault;
        try
        {
            return await WithinLimitAsync(read, call).ConfigureAwait(false);
        }
        catch (Exception exception) when (BackendPipeline.IsFault(exception, call))
        {
            fault = exception;
        }

        return await FromFallbackAsync(fault, read, era, key, call).ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<byte>?> FromFallbackAsync(Exception exception, Task read, int era, string key, BackendCall call)
    {
        var fault = await ReportAsync(exception, read, era).ConfigureAwait(false);
        return _resilience.FailSilently ? Unguarded(await _fallback.GetAsync(key, call).ConfigureAwait(false)) : throw Failed(fault);
    }

    private Task<T> WithinLimitAsync<T>(Task<T> task, BackendCall call) => task.IsCompleted
        ? task
        : call.CancellationToken.CanBeCanceled
            ? task.WaitAsync(_resilience.Timeout, _settings.TimeProvider, call.CancellationToken)
            : task.WaitAsync(_deadlines.Next);

    /// <summary>Counts the fault of a call that did not go through the breaker.</summary>
    private async ValueTask<Exception> ReportAsync(Exception exception, Task? task, int era)
    {
        // What no caller can cancel was cancelled by the time limit.
        var fault = exception is OperationCanceledException && task is { IsCompleted: false } ? new TimeoutException("The time limit was reached.", exception) : exception;
        Interlocked.Increment(ref _faults);
        await _pipeline.ReportAsync(fault, era).ConfigureAwait(false);
        return fault;
    }

    // The fallback is never told of the invalidations of others, and may keep what it got before the last time that the backend was back: a call that failed late.
    private static ReadOnlyMemory<byte>? Unguarded(ReadOnlyMemory<byte>? entry) => EntryHeader.With(EntryFlags.Unguarded, entry);

    private async ValueTask<T> DoAsync<TState, T>(
        BackendCall call, TState state, Func<ICacheBackend, TState, BackendCall, ValueTask<T>> action, Func<T, T>? fromFallback = null)
    {
        if (IsTrusted)
        {
            try
            {
                return await _pipeline.DoAsync(_primary, call, state, action).ConfigureAwait(false);
            }
            catch (Exception exception) when (BackendPipeline.IsFault(exception, call))
            {
                Interlocked.Increment(ref _faults);
                if (!_resilience.FailSilently)
                    throw Failed(exception);
            }
        }
        else if (!_resilience.FailSilently)
        {
            throw Failed(null);
        }

        var answer = await action(_fallback, state, call).ConfigureAwait(false);
        return fromFallback is null ? answer : fromFallback(answer);
    }

    private async ValueTask<LogPage> AppendAsync<TState>(
        IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call, TState state, Func<ICacheBackend, TState, BackendCall, ValueTask<LogPage>> append)
    {
        Exception? fault = null;
        if (_trust.TakesInvalidations)
        {
            try
            {
                return await _pipeline.DoAsync(_primary, call, state, append).ConfigureAwait(false);
            }
            catch (Exception exception) when (BackendPipeline.IsFault(exception, call) || exception is OperationCanceledException)
            {
                fault = exception;
                Interlocked.Increment(ref _faults);
            }
        }

        if (_trust.Keep(what))
            LogLost(fault);
        return _resilience.FailSilently || fault is OperationCanceledException
            ? new LogPage { Epoch = after.Epoch, After = after.Sequence, UpTo = after.Sequence, Records = [] }
            : throw Failed(fault);
    }

    /// <summary>Hands over what is pending, and trusts the backend again once the log has been followed to it.</summary>
    private async ValueTask<LogPage> RecoverAsync(LogPage page, LogPosition after, BackendCall call)
    {
        _trust.BeginRecovery();
        while (_trust.Next() is { } sending)
        {
            page = await _pipeline.DoAsync(_primary, call, (sending.What, after), static (backend, append, call) =>
                backend.InvalidateAsync(append.What, append.after, call)).ConfigureAwait(false);
            _trust.HandedOver(sending, new(page.Epoch, page.Appended));
        }

        _pipeline.BeginEra();
        if (!_trust.TryTrust(after, page.Epoch))
            return page with { IsToBeConfirmed = true };
        _settings.Logger.BackendBack(Name);
        await EmptyFallbackAsync().ConfigureAwait(false);
        return page;
    }

    private async Task EmptyFallbackAsync()
    {
        await foreach (string key in _fallback.ScanAsync(KeyPattern.Everything, CancellationToken.None).ConfigureAwait(false))
            await _fallback.RemoveAsync([key], BackendCall.Async()).ConfigureAwait(false);
    }

    private void Distrust(Exception? exception)
    {
        if (_trust.Distrust())
            LogLost(exception);
    }

    private void LogLost(Exception? exception) => _settings.Logger.BackendLost(Name, exception?.Message ?? "an invalidation is pending", exception);

    private CacheBackendException Failed(Exception? exception)
    {
        string reason = exception switch
        {
            null or BrokenCircuitException => "it has failed repeatedly and is left alone for a moment",
            Polly.Timeout.TimeoutRejectedException or TimeoutException => FormattableString.Invariant(
                $"it did not answer within {_resilience.Timeout.TotalSeconds} s (CachedAttr:BackendTimeout)"),
            _ => exception.Message,
        };
        string message = $"The cache's backend '{Name}' could not be used: {reason}";
        return exception is null ? new(message) : new(message, exception);
    }
}
