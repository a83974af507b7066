using System.Security.Authentication;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Reads connection strings in the form of StackExchange.Redis: end points and settings with commas between.</summary>
internal static class ClientString
{
    /// <exception cref="FormatException">It is malformed.</exception>
    public static RedisTarget Parse(string text)
    {
        string? user = null, protocols = null, before = null;
        var parts = new List<string>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? "" : part[..equals].Trim().ToUpperInvariant();
            if (before == "PASSWORD" && name is not ("USER" or "SSLPROTOCOLS" or "CHANNELPREFIX") && !IsAccepted(part))
                throw new FormatException("what follows 'password=' is no setting; a password with a comma goes into CachedAttr:Redis:Password, end points go first");
            switch (name)
            {
                case "USER":
                    user = part[(equals + 1)..];
                    break;
                case "SSLPROTOCOLS":
                    protocols = part[(equals + 1)..];
                    break;
                case "CHANNELPREFIX":
                    throw new FormatException("'channelPrefix' must be left out; CachedAttr:KeyPrefix keeps applications apart");
                default:
                    parts.Add(part);
                    break;
            }

            before = name;
        }

        return Convert(string.Join(',', parts), user, protocols);
    }

    private static RedisTarget Convert(string text, string? user, string? protocols)
    {
        var options = ParseOptions(text);
        if (options.EndPoints.Count == 0)
            throw new FormatException("there is no end point in it; write host:6379");
        options.SetDefaultPorts();
        if (protocols is not null)
            options.SslProtocols = Enum.TryParse<SslProtocols>(protocols.Replace('|', ','), ignoreCase: true, out var parsed) ? parsed : throw new FormatException($"'sslProtocols={protocols}' is unknown; write tls12 or tls12|tls13");
        return new RedisTarget
        {
            Client = options,
            EndPoints = [.. options.EndPoints],
            IsTls = options.Ssl,
            TlsHost = options.SslHost,
            User = user,
            Password = options.Password,
            Database = options.DefaultDatabase,
            SentinelMaster = string.IsNullOrWhiteSpace(options.ServiceName) ? null : options.ServiceName,
        };
    }

    private static ConfigurationOptions ParseOptions(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text, ignoreUnknown: false);
        }
        catch (ArgumentException exception)
        {
            // The client's message names a keyword and not its value.
            throw new FormatException(exception.ParamName is { Length: > 0 } keyword ? keyword : exception.Message, exception);
        }
    }

    /// <summary>Whether the client knows it: what is not, after a password, may be a piece of that.</summary>
    private static bool IsAccepted(string part)
    {
        try
        {
            return part.Contains('=', StringComparison.Ordinal) && ConfigurationOptions.Parse(part, ignoreUnknown: false) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
