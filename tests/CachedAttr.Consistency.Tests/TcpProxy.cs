using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CachedAttr.Consistency.Tests;

/// <summary>What a proxy does to the connections through it.</summary>
internal enum Line
{
    /// <summary>Nothing.</summary>
    Good,

    /// <summary>Closes them, and every new one.</summary>
    Cut,

    /// <summary>Holds everything back for a fifth of a second.</summary>
    Slow,

    /// <summary>Lets requests through and drops the answers.</summary>
    Deaf,

    /// <summary>Drops requests and lets through what the server says: records are heard of, and nothing else works.</summary>
    Mute,

    /// <summary>Says that it will send no more, and goes on listening.</summary>
    HalfClosed,
}

/// <summary>A connection to a server that a test can spoil.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpClient> _clients = [];
    private volatile int _line;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string EndPoint => "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    public Line Line
    {
        get => (Line)_line;
        set
        {
            _line = (int)value;
            lock (_clients)
            {
                foreach (var client in _clients)
                    Spoil(client);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Line = Line.Cut;
        _end.Dispose();
    }

    private void Spoil(TcpClient client)
    {
        try
        {
            if (Line == Line.Cut)
                client.Close();
            else if (Line == Line.HalfClosed)
                client.Client?.Shutdown(SocketShutdown.Send); // null once the client is disposed
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            try
            {
                if (Line == Line.Cut)
                    return;
                client.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                lock (_clients)
                    _clients.Add(client);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), isAnswer: false), CopyAsync(server.GetStream(), client.GetStream(), isAnswer: true));
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // A connection that ends is what this is for.
            }
            finally
            {
                lock (_clients)
                    _clients.Remove(client);
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isAnswer)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            if (Line == Line.Slow)
                await Task.Delay(Slowness, _end.Token);
            if (Line != (isAnswer ? Line.Deaf : Line.Mute))
                await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
