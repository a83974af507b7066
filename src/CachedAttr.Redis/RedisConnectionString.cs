using System.Globalization;
using System.Net;

namespace CachedAttr.Redis;

/// <summary>Reads connection strings of all forms. No message repeats a password, or what might be a piece of one.</summary>
internal static class RedisConnectionString
{
    private const int DefaultPort = 6379;
    private const int DefaultSentinelPort = 26379;

    /// <exception cref="FormatException">It is malformed; the message says where and what is meant.</exception>
    public static RedisTarget Parse(string text)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return ClientString.Parse(text);
        return text[..scheme].ToUpperInvariant() switch
        {
            "REDIS" => ParseUrl(text[(scheme + 3)..], isTls: false),
            "REDISS" => ParseUrl(text[(scheme + 3)..], isTls: true),
            _ => throw new FormatException($"it begins with '{text[..scheme]}://'; it must be redis:// or, for TLS, rediss://"),
        };
    }

    private static RedisTarget ParseUrl(string rest, bool isTls)
    {
        string query = Cut(ref rest, '?');
        string path = Cut(ref rest, '/');
        if (path.Contains('@', StringComparison.Ordinal) || query.Contains('@', StringComparison.Ordinal))
            throw new FormatException("there is an '@' after the first '/' or '?'; in a user name or password write %2F for '/', %3F for '?' and %40 for '@'");
        var (user, password) = Credentials(ref rest);
        var target = new RedisTarget { IsTls = isTls, User = user, Password = password, Database = Database(path) };
        foreach (string parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            target = Apply(target, parameter);
        int port = target.SentinelMaster is null ? DefaultPort : DefaultSentinelPort;
        return target with { EndPoints = [.. rest.Split(',').Select(host => ParseEndPoint(host, port))] };
    }

    private static RedisTarget Apply(RedisTarget target, string parameter)
    {
        string name = parameter;
        string value = Uri.UnescapeDataString(Cut(ref name, '='));
        return name switch
        {
            "sentinel" when value.Length > 0 => target with { SentinelMaster = value },
            "sentinel" => throw new FormatException("'sentinel=' has to be followed by the master's name, as in ?sentinel=mymaster"),
            "sentinelPassword" => target with { SentinelPassword = value },
            "sslHost" => target with { TlsHost = value },
            _ => throw new FormatException($"there is no parameter '{name}'; known: sentinel, sentinelPassword, sslHost"),
        };
    }

    private static (string? User, string? Password) Credentials(ref string rest)
    {
        int at = rest.LastIndexOf('@');
        if (at < 0)
            return (null, null);
        string user = rest[..at];
        rest = rest[(at + 1)..];
        if (!user.Contains(':', StringComparison.Ordinal))
            throw new FormatException("there is no ':' before the '@'; write redis://user:password@host, or redis://:password@host for the default user");
        string password = Cut(ref user, ':');
        return (user.Length == 0 ? null : Uri.UnescapeDataString(user), password.Length == 0 ? null : Uri.UnescapeDataString(password));
    }

    private static int? Database(string path) => path.Length == 0
        ? null
        : int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out int database) ? database : throw new FormatException($"'/{path}' is not the number of a database, such as /0");

    private static EndPoint ParseEndPoint(string text, int port)
    {
        string host = text;
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            (host, string after) = (text[1..end], text[(end + 1)..]);
            if (after.Length > 0)
                port = Port(text, after.StartsWith(':') ? after[1..] : after);
        }
        else if (text.Contains(':', StringComparison.Ordinal))
        {
            port = Port(text, Cut(ref host, ':'));
        }

        if (string.IsNullOrWhiteSpace(host))
            throw new FormatException($"there is no host in '{text}'; write redis://host:{port.ToString(CultureInfo.InvariantCulture)}");
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
    }

    private static int Port(string endPoint, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? port
            : throw new FormatException($"'{endPoint}' has no port that is possible, 1 to 65535");

    /// <summary>Takes off what comes after the first separator.</summary>
    private static string Cut(ref string text, char separator)
    {
        int index = text.IndexOf(separator, StringComparison.Ordinal);
        if (index < 0)
            return "";
        string after = text[(index + 1)..];
        text = text[..index];
        return after;
    }
}
