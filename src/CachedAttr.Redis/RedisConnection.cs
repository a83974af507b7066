using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>How Redis is reached. Thread-safe.</summary>
internal abstract class RedisConnection : IAsyncDisposable
{
    /// <summary>Whether keys are spread over several masters. Known once it is open.</summary>
    public bool IsCluster { get; private protected set; }

    /// <summary>The end points, without anything secret.</summary>
    public abstract string Description { get; }

    /// <summary>The multiplexer that is in use; null before the first call.</summary>
    public abstract IConnectionMultiplexer? Multiplexer { get; }

    /// <summary>The connection has moved to another server, and has another multiplexer: whoever subscribed to something has to do it again.</summary>
    public event EventHandler? Moved;

    /// <summary>The database, over a connection that may still be on its way: calls fail until it is there.</summary>
    public ValueTask<IDatabase> OpenAsync(BackendCall call) =>
        call.CancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<IDatabase>(call.CancellationToken) : OpenCoreAsync(call);

    /// <summary>Turns what the client throws into an exception that names the setting to look at.</summary>
    public async ValueTask<T> GuardAsync<T>(ValueTask<T> task, BackendCall call)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFault.IsFault(exception))
        {
            throw await ExplainAsync(exception, call).ConfigureAwait(false);
        }
    }

    /// <summary>The exception that names the setting to look at.</summary>
    public async ValueTask<CacheBackendException> ExplainAsync(Exception exception, BackendCall call)
    {
        OnFault(exception);
        string? reason = exception is RedisConnectionException or IOException ? await FindReasonAsync(call).ConfigureAwait(false) : null;
        return new($"Redis ({Description}): {reason ?? RedisFault.Meaning(exception)}.", exception);
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Is told that a call has failed: where there is a way to another server, it is looked for.</summary>
    private protected virtual void OnFault(Exception exception)
    {
    }

    /// <summary>Why there is no connection, if that can be found out.</summary>
    private protected virtual ValueTask<string?> FindReasonAsync(BackendCall call) => new((string?)null);

    private protected void OnMoved() => Moved?.Invoke(this, EventArgs.Empty);

    private protected abstract ValueTask<IDatabase> OpenCoreAsync(BackendCall call);

    private protected static bool IsClusterOf(IConnectionMultiplexer multiplexer) =>
        multiplexer.GetEndPoints().Any(endPoint => multiplexer.GetServer(endPoint).ServerType == ServerType.Cluster);
}
