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

    /// <summary>Nobody waits for it any more: how it ends is no news to anyone.</summary>
    private static void Observe(Task task) => _ =
        task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
