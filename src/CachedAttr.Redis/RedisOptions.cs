using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>How Redis is reached: the section <c>CachedAttr:Redis</c>, or by code. What is set beside <see cref="Connection"/> wins over what stands in it.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// <c>redis://user:password@host:6379/0</c>; <c>rediss://</c> for TLS; several hosts with commas for a cluster; <c>redis://host:26379/0?sentinel=mymaster</c> for
    /// sentinels; a string in the form of StackExchange.Redis; or <c>ConnectionStrings:NAME</c> for one of the application's.
    /// </summary>
    public string? Connection { get; set; }

    /// <summary>The name of an ACL user; <see langword="null"/>: the default user.</summary>
    public string? User { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>The number of the database; 0 by default, and the only one that a cluster has.</summary>
    public int? Database { get; set; }

    /// <summary>A file in PEM with the authorities whose certificates are trusted, in place of the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>A file with the certificate that this process shows: PEM, or PKCS #12 (<c>.pfx</c>, <c>.p12</c>) with its key.</summary>
    public string? ClientCertificate { get; set; }

    /// <summary>A file in PEM with the key of <see cref="ClientCertificate"/>, if it is not in the same file.</summary>
    public string? ClientCertificateKey { get; set; }

    /// <summary>The password of the file with the key.</summary>
    public string? ClientCertificatePassword { get; set; }

    /// <summary>How long an attempt to connect may take, in seconds; 5 by default.</summary>
    public double? ConnectTimeout { get; set; }

    /// <summary>
    /// How long a thread waits for an answer in a synchronous call, in seconds; 1 by default. Calls with tasks end after <c>CachedAttr:BackendTimeout</c>.
    /// </summary>
    public double? CommandTimeout { get; set; }

    /// <summary>Gives a multiplexer of the application's own, which is used in place of all of the above but <see cref="Database"/>, and is not disposed. By code only.</summary>
    public Func<IServiceProvider, IConnectionMultiplexer>? Multiplexer { get; set; }
}
