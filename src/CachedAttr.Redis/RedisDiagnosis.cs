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
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<string?>? _last;
    private long _lastAt;

    /// <summary>Why a server cannot be used; null if it can, or nothing is known.</summary>
    public async ValueTask<string?> FindAsync(IEnumerable<EndPoint> servers, BackendCall call)
    {
        Task<string?> finding;
        lock (_gate)
        {
            if (_last is null || TimeProvider.System.GetElapsedTime(_lastAt) > Validity)
                (_last, _lastAt) = (Task.Run(() => FindAsync([.. servers])), TimeProvider.System.GetTimestamp());
            finding = _last;
        }

        return call.IsSynchronous ? finding.GetAwaiter().GetResult() : await finding.ConfigureAwait(false);
    }

    private async Task<string?> FindAsync(EndPoint[] servers)
    {
        string?[] found = await Task.WhenAll(servers.Select(FindAsync)).ConfigureAwait(false);
        return found.FirstOrDefault(static reason => reason is not null);
    }

    private async Task<string?> FindAsync(EndPoint server)
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
                    return refused;
            }

            return RedisFault.Meaning(await AskAsync(stream, ["PING"], limit.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            string hint = plan.Target.IsTls ? "; if it does not speak TLS there, write redis:// (or ssl=false)" : "";
            return $"{RedisTarget.Text(server)} does not answer (CachedAttr:Redis:Connection){hint}";
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            return Explain(server, exception);
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
}
