using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>How the client logs in: with a password; with a user's name if it knows of such; else through a <see cref="RedisUserRelay"/>.</summary>
internal sealed class RedisLogin : IAsyncDisposable
{
    // Since 2.0. This is compiled for less, and an application may bring more.
    private static readonly PropertyInfo? UserOfClient = typeof(ConfigurationOptions).GetProperty("User");

    private readonly RedisTarget _target;
    private readonly RedisTls _tls;
    private readonly RedisUserRelay? _relay;

    public RedisLogin(RedisTarget target, RedisTls tls)
    {
        _target = target;
        _tls = tls;
        if (target.User is not null && UserOfClient is null)
            _relay = new(target.User, target.Password!, ConnectAsync);
    }

    /// <summary>Whether there is a relay between: not possible in a cluster.</summary>
    public bool IsRelayed => _relay is not null;

    /// <summary>Why the relay has not reached the server.</summary>
    public Exception? Failure => _relay?.Failure;

    /// <summary>Sets end points, login and TLS.</summary>
    public void Apply(ConfigurationOptions client)
    {
        if (_relay is null)
        {
            client.Password = _target.Password;
            if (_target.User is not null)
                UserOfClient!.SetValue(client, _target.User);
            return;
        }

        var servers = client.EndPoints.ToList();
        client.EndPoints.Clear();
        foreach (var server in servers)
            client.EndPoints.Add(_relay.For(server));
        client.Password = _relay.Token;
        client.Ssl = false;
    }

    public ValueTask DisposeAsync() => _relay?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Connects to a server, with TLS if that is configured. Nothing has been sent yet.</summary>
    public async Task<Stream> ConnectAsync(EndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return _target.IsTls ? await EncryptAsync(stream, server, cancellationToken).ConfigureAwait(false) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> EncryptAsync(NetworkStream stream, EndPoint server, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _target.TlsHost ?? (server is DnsEndPoint name ? name.Host : ((IPEndPoint)server).Address.ToString()),
            RemoteCertificateValidationCallback = _tls.Validate,
            ClientCertificates = _tls.Own is { } own ? new X509CertificateCollection { own } : null,
        };
        await encrypted.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        return encrypted;
    }
}
