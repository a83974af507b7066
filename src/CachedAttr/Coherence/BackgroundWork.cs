namespace CachedAttr.Coherence;

/// <summary>Stores that nobody waits for: bounded in number, and waited for at the end. Thread-safe.</summary>
internal sealed class BackgroundWork
{
    /// <summary>How many run at a time at most. Beyond that a value is not stored: a cache may, and the next load stores again.</summary>
    public const int MaxRunning = 1024;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private TaskCompletionSource? _drained;
    private int _running;
    private long _dropped;

    /// <summary>How many were not begun because too many were running.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether one runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
                return _running > 0;
        }
    }

    /// <summary>Begins an action, which must not touch what its caller changes later.</summary>
    /// <returns>Ends with the action, and never fails.</returns>
    public Task Run(Func<ValueTask<bool>> action)
    {
        lock (_gate)
        {
            if (_running >= MaxRunning || _drained is not null)
            {
                Interlocked.Increment(ref _dropped);
                return Task.CompletedTask;
            }

            _running++;
        }

        return RunAsync(action);
    }

    /// <summary>Waits until all have ended, for some seconds at most. Nothing begins after this.</summary>
    public async Task DrainAsync(TimeProvider time)
    {
        Task drained;
        lock (_gate)
        {
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running == 0)
                _drained.TrySetResult();
            drained = _drained.Task;
        }

        await Task.WhenAny(drained, Task.Delay(DrainLimit, time)).ConfigureAwait(false);
    }

    private async Task RunAsync(Func<ValueTask<bool>> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Counted and logged where it failed; the value is served from this process, and stored again after its next load.
        }
        finally
        {
            lock (_gate)
            {
                if (--_running == 0)
                    _drained?.TrySetResult();
            }
        }
    }
}
