using System.Diagnostics.CodeAnalysis;
using CachedAttr.Backends;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>Listens for new records (LISTEN), over a connection of its own. When that is lost it listens over another, and tells that something may have been missed.</summary>
internal sealed class PostgresWatch : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // A connection that is dead without having ended is noticed by asking.
    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(10);

    private readonly PostgresSource _source;
    private readonly string _channel;
    private readonly ILogWatcher _watcher;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _listening = Task.CompletedTask;

    private PostgresWatch(PostgresSource source, string channel, ILogWatcher watcher, ILogger logger)
    {
        (_source, _channel, _watcher, _logger) = (source, channel, watcher, logger);
    }

    /// <summary>Begins to listen; what is appended after this call has returned is told.</summary>
    public static async ValueTask<IAsyncDisposable?> BeginAsync(PostgresSource source, string channel, ILogWatcher watcher, ILogger logger, CancellationToken cancellationToken)
    {
        var watch = new PostgresWatch(source, channel, watcher, logger);
        var connection = await watch.SubscribeAsync(cancellationToken).ConfigureAwait(false);
        watch._listening = Task.Run(() => watch.ListenAsync(connection), CancellationToken.None);
        return watch;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task<NpgsqlConnection> SubscribeAsync(CancellationToken cancellationToken)
    {
        await _source.EnsureAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        var connection = await _source.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            connection.Notification += OnNotification;
            await RunAsync(connection, "LISTEN " + _channel, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever has ended the connection: another one is opened.")]
    private async Task ListenAsync(NpgsqlConnection? connection)
    {
        var pause = ShortestPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (connection is null)
                {
                    connection = await SubscribeAsync(_stop.Token).ConfigureAwait(false);
                    pause = ShortestPause;
                    _watcher.OnInterrupted();
                }

                if (!await connection.WaitAsync(AskInterval, _stop.Token).ConfigureAwait(false))
                    await RunAsync(connection, "SELECT 1", _stop.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                if (!_stop.IsCancellationRequested)
                    _logger.ListeningLost(exception.Message);
                await CloseAsync(connection).ConfigureAwait(false);
                connection = null;
                await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        await CloseAsync(connection).ConfigureAwait(false);
    }

    private async Task CloseAsync(NpgsqlConnection? connection)
    {
        if (connection is null)
            return;
        connection.Notification -= OnNotification;

        // Given back to the pool it forgets what it listened for.
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Constants, and a channel's name made of hexadecimal digits.
        await new NpgsqlCommand(statement, connection).RunAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
#pragma warning restore CA2100
    }

    private void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
    {
        if (PostgresLog.ReadNotified(notification.Payload) is { } page)
            _watcher.OnAppended(page);
        else
            _watcher.OnInterrupted();
    }
}
