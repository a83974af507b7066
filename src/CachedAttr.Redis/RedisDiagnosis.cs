using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CachedAttr.Backends;

namespace CachedAttr.Redis;

/// <summary>
/// Finds out why there is no connection. The client only says that there is none; this connects once, logs in, and reads what the server answers.
/// </summary>
internal sealed class RedisDiagnosis(RedisPlan plan)
{
    // A call that has failed waits for this, within its own time limit.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<Finding>? _last;
    private long _lastAt;

    /// <summary>Why a server cannot be used; null if it can, or nothing is known.</summary>
    public async ValueTask<string?> FindAsync(IReadOnlyList<EndPoint> servers, BackendCall call)
    {
        var finding = FindAsync(servers);
        return (call.IsSynchronous ? finding.GetAwaiter().GetResult() : await finding.ConfigureAwait(false)).Reason;
    }

    /// <summary>The same, and what the servers say: all who ask within a second are told the same.</summary>
    public Task<Finding> FindAsync(IReadOnlyList<EndPoint> servers)
    {
        lock (_gate)
        {
            if (_last is null || TimeProvider.System.GetElapsedTime(_lastAt) > Validity)
                (_last, _lastAt) = (Task.Run(() => AskAsync(servers)), TimeProvider.System.GetTimestamp());
            return _last;
        }
    }

    private async Task<Finding> AskAsync(IReadOnlyList<EndPoint> servers)
    {
        var found = await Task.WhenAll(servers.Select(AskAsync)).ConfigureAwait(false);
        return new(Array.Find(found, static one => one.Reason is not null).Reason, Array.TrueForAll(found, static one => one.IsRefused));
    }

    private async Task<Finding> AskAsync(EndPoint server)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var stream = await plan.Login.ConnectAsync(server, limit.Token).ConfigureAwait(false);
            await using var closing = stream.ConfigureAwait(false);
            if (plan.Target.Password is { } password)
            {
                string[] login = plan.Target.User is { } user ? ["AUTH", user, password] : ["AUTH", password];
                if (RedisFault.Meaning(await AskAsync(stream, login, limit.Token).ConfigureAwait(false)) is { } refused)
                    return new(refused, IsRefused: true);
            }

            string? reason = RedisFault.Meaning(await AskAsync(stream, ["PING"], limit.Token).ConfigureAwait(false));
            return new(reason, reason is not null);
        }
        catch (OperationCanceledException)
        {
            string hint = plan.Target.IsTls ? "; if it does not speak TLS there, write redis:// (or ssl=false)" : "";
            return new($"{RedisTarget.Text(server)} does not answer (CachedAttr:Redis:Connection){hint}", IsRefused: false);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            return new(Explain(server, exception), IsRefused: true);
        }
    }

    private string Explain(EndPoint server, Exception exception)
    {
        if (plan.Target.IsTls && exception is not SocketException)
        {
            string reason = plan.Tls.Failure ?? $"{exception.Message} Does the server speak TLS on this port, and does it ask for a certificate (CachedAttr:Redis:ClientCertificate)?";
            return $"no TLS with {RedisTarget.Text(server)}: {reason}";
        }

        return exception is IOException
            ? $"{RedisTarget.Text(server)} closes the connection; if it speaks TLS there, write rediss:// in CachedAttr:Redis:Connection"
            : $"{RedisTarget.Text(server)} cannot be reached: {exception.Message} (CachedAttr:Redis:Connection)";
    }

    /// <summary>Sends a command and returns the first line of the answer.</summary>
    private static async Task<string> AskAsync(Stream stream, string[] command, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(RedisUserRelay.Command(command), cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[1024];
        int length = 0;
        while (length < buffer.Length && !buffer.AsSpan(0, length).Contains((byte)'\n'))
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new IOException("The server has closed the connection.");
            length += read;
        }

        string answer = Encoding.UTF8.GetString(buffer, 0, length).Split('\r', 2)[0];
        return answer.StartsWith('-') ? answer[1..] : "";
    }

    /// <summary>What was found out.</summary>
    /// <param name="Reason">Why a server cannot be used; null if all can.</param>
    /// <param name="IsRefused">Whether all of them say no, so that there is nothing to wait for.</param>
    internal readonly record struct Finding(string? Reason, bool IsRefused);
}
