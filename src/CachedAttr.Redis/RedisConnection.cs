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

    /// <summary>Called with another multiplexer when the connection has moved to another server: whoever subscribed to something has to do it again.</summary>
    public Action<IConnectionMultiplexer>? Moved { get; set; }

    /// <summary>The database, over a connection that may still be on its way: calls fail until it is there.</summary>
    public ValueTask<IDatabase> OpenAsync(BackendCall call) =>
        call.CancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<IDatabase>(call.CancellationToken) : OpenCoreAsync(call);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private protected abstract ValueTask<IDatabase> OpenCoreAsync(BackendCall call);

    private protected static bool IsClusterOf(IConnectionMultiplexer multiplexer) =>
        multiplexer.GetEndPoints().Any(endPoint => multiplexer.GetServer(endPoint).ServerType == ServerType.Cluster);
}
