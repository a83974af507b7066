using System.Net;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>What a connection string says.</summary>
internal sealed record RedisTarget
{
    /// <summary>Further settings of the client, if the string was in the client's own form.</summary>
    public ConfigurationOptions? Client { get; init; }

    /// <summary>The servers, or the sentinels.</summary>
    public IReadOnlyList<EndPoint> EndPoints { get; init; } = [];

    public bool IsTls { get; init; }

    /// <summary>The name that the server's certificate has to have, if it is not the host's.</summary>
    public string? TlsHost { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public int? Database { get; init; }

    /// <summary>The name of the master that the sentinels watch; null if the end points are Redis itself.</summary>
    public string? SentinelMaster { get; init; }

    public string? SentinelPassword { get; init; }

    /// <summary>Where to, without anything secret.</summary>
    public string Description => (SentinelMaster is null ? "" : $"{SentinelMaster} at ") + string.Join(", ", EndPoints.Select(Text));

    /// <summary>host:port.</summary>
    public static string Text(EndPoint endPoint) => endPoint is DnsEndPoint name ? FormattableString.Invariant($"{name.Host}:{name.Port}") : endPoint.ToString()!;
}
