using CachedAttr.Coherence;

namespace CachedAttr.Loading;

/// <content>Waiting for a load, and leaving it.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    /// <summary>Waiting for its own load would never end.</summary>
    private Task<TValue> LoadAloneAsync<TState>(
        Flight<TKey, TValue> flight, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request, CancellationToken cancellationToken)
    {
        GiveUp(flight);
        return request.Load(request.State, new(null, cancellationToken)).AsTask();
    }

    /// <summary>Waits for the load of another, which may be one of many keys that does not bring this one.</summary>
    private async Task<TValue> LoadUnlessThereAsync<TState>(
        Flight<TKey, TValue> flight,
        TKey key,
        LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request,
        CancellationToken cancellationToken)
    {
        try
        {
            return await WaitAsync(flight.Task, flight, key, cancellationToken).ConfigureAwait(false);
        }
        catch (NotThereException)
        {
            return await LoadOnceAsync(key, request, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TValue> WaitAsync(Task<TValue> task, Flight<TKey, TValue> flight, TKey key, CancellationToken cancellationToken)
    {
        try
        {
            long patience = _settings.SoftTimeout;
            if (patience > 0 && await WaitSoftlyAsync(task, TimeSpan.FromTicks(patience), cancellationToken).ConfigureAwait(false) is false
                && TryServeStale(flight, out var stale))
            {
                task.Forget();
                return ServedStale(key, stale);
            }

            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // How the load ends is no news to who has gone.
            task.Forget();
            if (!flight.Task.IsCompleted)
                GiveUp(flight);
            throw;
        }
    }

    /// <returns>Whether the task has ended in time.</returns>
    private async Task<bool> WaitSoftlyAsync(Task<TValue> task, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await ((Task)task).WaitAsync(patience, Cache.Options.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None);
        }
        catch (Exception exception) when (task.IsCompleted || exception is TimeoutException)
        {
            // How it ended is told where it is awaited.
        }

        return task.IsCompleted;
    }

    private void GiveUp(Flight<TKey, TValue> flight)
    {
        lock (_store.Gate)
        {
            // It stays in the table, so that an invalidation of its key still finds it: it may go on, whatever its token says, and bring what is old.
            flight.Waiters--;
            if (!flight.IsAbandoned)
                return;
        }

        flight.Abandon();
    }
}
