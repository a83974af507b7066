using CachedAttr.Backends;

namespace CachedAttr.Redis;

/// <summary>Ends the wait for the client when a call is cancelled. The client itself has no such thing, and waits for a frozen server for ever.</summary>
internal static class RedisCall
{
    public static async ValueTask<T> EndsWithAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (task.IsCompleted || !cancellationToken.CanBeCanceled)
            return await task.ConfigureAwait(false);
        try
        {
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            Observe(task);
            throw;
        }
    }

    /// <summary>Runs what the client offers with and without a task.</summary>
    public static ValueTask<T> DoAsync<TState, T>(this BackendCall call, TState state, Func<TState, T> synchronous, Func<TState, Task<T>> asynchronous) =>
        call.IsSynchronous ? new(synchronous(state)) : asynchronous(state).EndsWithAsync(call.CancellationToken);

    /// <summary>Ends the wait for a connection: with the token, or for a thread that waits after a time.</summary>
    /// <exception cref="TimeoutException">The thread has waited so long.</exception>
    public static ValueTask<T> EndsWithAsync<T>(this Task<T> task, BackendCall call, TimeSpan limit)
    {
        if (!call.IsSynchronous)
            return task.EndsWithAsync(call.CancellationToken);
        if (Task.WaitAny([task], limit) >= 0)
            return new(task.GetAwaiter().GetResult());
        Observe(task);
        throw new TimeoutException("The connection was not there in time.");
    }

    /// <summary>Nobody waits for it any more: how it ends is no news to anyone.</summary>
    public static void Observe(Task task) => _ =
        task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
