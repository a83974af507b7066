using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace CachedAttr.Redis;

/// <summary>Logs in with an ACL user's name for a client that only knows passwords: StackExchange.Redis before 2.0.</summary>
/// <remarks>
/// <para>
/// The client connects to a port on loopback that this process listens on. Its password there is a random token: whoever does not know it, another process on
/// this host, is turned away. Its AUTH is passed on with the user's name and password, the server's answer goes back, and from then on bytes go both ways as they
/// are. A newer client logs in by itself, and nothing of this is used.
/// </para>
/// <para>In a cluster it is of no use, because the client learns of further nodes from the server, and connects to them directly.</para>
/// </remarks>
internal sealed class RedisUserRelay(string user, string password, Func<EndPoint, CancellationToken, Task<Stream>> connect) : IAsyncDisposable
{
    private const int TokenBytes = 32;
    private const int BufferSize = 64 * 1024;
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<EndPoint, Lazy<TcpListener>> _listeners = new();
    private readonly CancellationTokenSource _disposing = new();

    /// <summary>The client's password.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true);

    /// <summary>Why the last attempt to connect has failed; null after one that did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Where the client reaches a server.</summary>
    public EndPoint For(EndPoint server) => _listeners.GetOrAdd(server, static (server, relay) => new(() => relay.Listen(server)), this).Value.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        foreach (var listener in _listeners.Values)
            listener.Value.Dispose();
    }

    private TcpListener Listen(EndPoint server)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = AcceptAsync(listener, server);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener, EndPoint server)
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptSocketAsync(_disposing.Token).ConfigureAwait(false), server);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket socket, EndPoint server)
    {
        socket.NoDelay = true;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token);
        try
        {
            var client = new NetworkStream(socket, ownsSocket: true);
            await using var closing = client.ConfigureAwait(false);
            if (!await IsOwnClientAsync(client, ending.Token).ConfigureAwait(false))
                return;
            var upstream = await ConnectAsync(server, ending.Token).ConfigureAwait(false);
            await using var closingToo = upstream.ConfigureAwait(false);
            await upstream.WriteAsync(Command("AUTH", user, password), ending.Token).ConfigureAwait(false);
            await upstream.FlushAsync(ending.Token).ConfigureAwait(false);
            await Task.WhenAny(PassAsync(client, upstream, ending.Token), PassAsync(upstream, client, ending.Token)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // Either side has gone. The client sees its connection end, and connects again.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> IsOwnClientAsync(NetworkStream client, CancellationToken cancellationToken)
    {
        byte[] expected = Command("AUTH", Token);
        byte[] sent = new byte[expected.Length];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LoginLimit);
        await client.ReadExactlyAsync(sent, limit.Token).ConfigureAwait(false);
        return CryptographicOperations.FixedTimeEquals(sent, expected);
    }

    private async Task<Stream> ConnectAsync(EndPoint server, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await connect(server, cancellationToken).ConfigureAwait(false);
            Failure = null;
            return stream;
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }
    }

    /// <summary>Ends with one side, and never throws.</summary>
    private static async Task PassAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferSize];
        try
        {
            while (await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                await to.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction ends with it.
        }
    }

    /// <summary>The bytes of a command.</summary>
    public static byte[] Command(params string[] parts)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{parts.Length}\r\n");
        foreach (string part in parts)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
