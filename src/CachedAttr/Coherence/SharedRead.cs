namespace CachedAttr.Coherence;

/// <summary>Runs one read at a time; who asks while one runs shares the next, because the one that runs may have looked already.</summary>
/// <param name="read">Reads. Its exceptions are its callers'; the next read runs in any case.</param>
internal sealed class SharedRead(Func<Task> read)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private Task? _first;

    /// <summary>The first read, which begins when it is asked for.</summary>
    public Task First
    {
        get
        {
            lock (_gate)
                return _first ??= NextAsync();
        }
    }

    /// <summary>Whether the caller is to do the first read by itself.</summary>
    public bool TryClaimFirst()
    {
        lock (_gate)
        {
            if (_first is not null)
                return false;
            _first = Task.CompletedTask;
            return true;
        }
    }

    /// <summary>A read that begins after this call.</summary>
    public Task NextAsync()
    {
        lock (_gate)
        {
            if (_next is not null)
                return _next;
            if (_running.IsCompleted)
                return _running = Task.Run(read);
            return _next = AfterAsync(_running);
        }
    }

    private async Task AfterAsync(Task running)
    {
        // Never at once, even if it has ended by now: the caller holds the lock, and is about to write down this task as the next one, which it is until it goes on here.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task mine;
        lock (_gate)
        {
            _running = mine = Task.Run(read);
            _next = null;
        }

        await mine.ConfigureAwait(false);
    }
}
