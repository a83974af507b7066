using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Listens for new records. The client subscribes again after a reconnect; what was published in between is lost, and the watcher is told so.</summary>
internal sealed class RedisWatch : IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly RedisChannel _channel;
    private readonly ILogWatcher _watcher;
    private readonly Lock _gate = new();
    private readonly Lock _telling = new();
    private volatile IConnectionMultiplexer? _multiplexer;
    private bool _isDisposed;

    private RedisWatch(RedisConnection connection, string channel, ILogWatcher watcher)
    {
        _connection = connection;
        _channel = new(channel, RedisChannel.PatternMode.Literal);
        _watcher = watcher;
    }

    public static async Task<IAsyncDisposable?> BeginAsync(RedisConnection connection, string channel, ILogWatcher watcher)
    {
        var watch = new RedisWatch(connection, channel, watcher);
        connection.Moved += watch.OnMoved;
        if (connection.Multiplexer is { } multiplexer)
            await watch.SubscribeAsync(multiplexer).ConfigureAwait(false);
        return watch;
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Moved -= OnMoved;
        IConnectionMultiplexer? multiplexer;
        lock (_gate)
        {
            _isDisposed = true;
            multiplexer = _multiplexer;
        }

        if (multiplexer is null)
            return;
        multiplexer.ConnectionRestored -= OnRestored;
        try
        {
            await multiplexer.GetSubscriber().UnsubscribeAsync(_channel, OnMessage, CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            // The connection has ended before its subscription.
        }
    }

    private async Task SubscribeAsync(IConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (_isDisposed || ReferenceEquals(_multiplexer, multiplexer))
                return;
            if (_multiplexer is { } before)
                before.ConnectionRestored -= OnRestored;
            _multiplexer = multiplexer;
            multiplexer.ConnectionRestored += OnRestored;
        }

        await multiplexer.GetSubscriber().SubscribeAsync(_channel, OnMessage).ConfigureAwait(false);
    }

    private void OnMoved(object? sender, EventArgs arguments) => _ = MoveAsync();

    private async Task MoveAsync()
    {
        try
        {
            if (_connection.Multiplexer is { } multiplexer)
                await SubscribeAsync(multiplexer).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            // The heartbeat follows the log until the client has subscribed.
        }

        Tell();
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs arguments)
    {
        if (arguments.ConnectionType == ConnectionType.Subscription && _multiplexer is { } multiplexer)
            _ = TellWhenSubscribedAsync(multiplexer);
    }

    /// <summary>At once, and again when the server has the subscription: what is appended between a read that comes too early and the subscription would be missed.</summary>
    private async Task TellWhenSubscribedAsync(IConnectionMultiplexer multiplexer)
    {
        Tell();
        try
        {
            // Goes over the same connection, after the subscription.
            await multiplexer.GetSubscriber().PingAsync().ConfigureAwait(false);
            Tell();
        }
        catch (Exception exception) when (exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException)
        {
            // Lost again; it will be restored again.
        }
    }

    private void Tell()
    {
        lock (_telling)
            _watcher.OnInterrupted();
    }

    // The client calls one handler of a channel at a time, in the order of the messages, as long as its PreserveAsyncOrder is on; if it is not, a message that
    // comes too early is a gap, and the log is read.
    private void OnMessage(RedisChannel channel, RedisValue message)
    {
        var page = (byte[]?)message is { } bytes ? RedisLog.ReadPublished(bytes) : null;
        lock (_telling)
        {
            if (page is not null)
                _watcher.OnAppended(page);
            else
                _watcher.OnInterrupted();
        }
    }
}
