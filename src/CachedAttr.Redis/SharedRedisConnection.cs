using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>A multiplexer that belongs to the application.</summary>
internal sealed class SharedRedisConnection : RedisConnection
{
    private readonly IConnectionMultiplexer _multiplexer;
    private readonly IDatabase _database;
    private volatile bool _isKnown;

    public SharedRedisConnection(IConnectionMultiplexer multiplexer, int database)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        _multiplexer = multiplexer;
        _database = multiplexer.GetDatabase(database);
    }

    public override string Description => string.Join(", ", _multiplexer.GetEndPoints().Select(static endPoint => endPoint.ToString()));

    public override IConnectionMultiplexer Multiplexer => _multiplexer;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override ValueTask<IDatabase> OpenCoreAsync(BackendCall call)
    {
        // What kind of server it is, is known once it has connected.
        if (!_isKnown)
        {
            bool isConnected = _multiplexer.IsConnected;
            IsCluster = IsClusterOf(_multiplexer);
            _isKnown = isConnected;
        }

        return new(_database);
    }
}
