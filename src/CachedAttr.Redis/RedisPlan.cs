using System.Net;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Options and connection string put together: what the client is to be made with, for any of its servers.</summary>
internal sealed class RedisPlan : IAsyncDisposable
{
    private const double DefaultConnectTimeout = 5;
    private const double DefaultCommandTimeout = 1;
    private const double MaxTimeout = 300;

    private readonly RedisOptions _options;

    private RedisPlan(RedisOptions options, RedisTarget target)
    {
        _options = options;
        Target = target with
        {
            User = options.User ?? target.User,
            Password = options.Password ?? target.Password,
            Database = options.Database ?? target.Database,
        };
        Check();
        Tls = RedisTls.Load(options);
        Login = new(Target, Tls);
    }

    public RedisTarget Target { get; }

    public RedisTls Tls { get; }

    public RedisLogin Login { get; }

    public int Database => Target.Database ?? 0;

    /// <summary>How long a thread waits.</summary>
    public TimeSpan CommandTimeout => TimeSpan.FromSeconds(_options.CommandTimeout ?? (Target.Client?.SyncTimeout / 1000.0) ?? DefaultCommandTimeout);

    /// <summary>How long an attempt to connect may take.</summary>
    public TimeSpan ConnectTimeout => TimeSpan.FromSeconds(_options.ConnectTimeout ?? (Target.Client?.ConnectTimeout / 1000.0) ?? DefaultConnectTimeout);

    /// <summary>Checks the settings, without a connection.</summary>
    /// <exception cref="RedisSettingException">A setting cannot be used.</exception>
    public static RedisPlan Create(RedisOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Connection))
            throw new RedisSettingException(nameof(options.Connection), "it is missing. Set it to redis://host:6379, or give a multiplexer to services.AddCachedAttrRedis.");
        try
        {
            return new(options, RedisConnectionString.Parse(options.Connection));
        }
        catch (FormatException exception)
        {
            throw new RedisSettingException(nameof(options.Connection), $"it cannot be read: {exception.Message}.", exception);
        }
    }

    /// <summary>The client's options for some servers.</summary>
    public ConfigurationOptions For(IEnumerable<EndPoint> endPoints)
    {
        var client = Common(endPoints);
        Login.Apply(client);
        client.DefaultDatabase = Database;

        // Needed for INFO, which the status shows.
        client.AllowAdmin = true;
        return client;
    }

    /// <summary>The client's options for the sentinels.</summary>
    public ConfigurationOptions ForSentinels()
    {
        var client = Common(Target.EndPoints);
        client.Password = Target.SentinelPassword;
        client.CommandMap = CommandMap.Sentinel;
        client.DefaultDatabase = null;
        return client;
    }

    public ValueTask DisposeAsync() => Login.DisposeAsync();

    private ConfigurationOptions Common(IEnumerable<EndPoint> endPoints)
    {
        var client = Target.Client?.Clone() ?? new ConfigurationOptions();
        client.EndPoints.Clear();
        foreach (var endPoint in endPoints)
            client.EndPoints.Add(endPoint);
        client.AbortOnConnectFail = false;
        client.ClientName ??= "CachedAttr";
        client.ServiceName = null;
        client.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
        client.SyncTimeout = (int)CommandTimeout.TotalMilliseconds;

        // The client's own ways to agree on a master and to spread the news of another: not needed, and they would need rights on keys and channels of their own.
        client.TieBreaker = "";
        client.ConfigurationChannel = "";
        client.Ssl = Target.IsTls;
        client.SslHost = Target.TlsHost;
        client.CertificateValidation += Tls.Validate;
        if (Tls.Own is { } own)
            client.CertificateSelection += (_, _, _, _, _) => own;
        return client;
    }

    private void Check()
    {
        CheckTimeout(nameof(_options.ConnectTimeout), _options.ConnectTimeout);
        CheckTimeout(nameof(_options.CommandTimeout), _options.CommandTimeout);
        if (Target.Database < 0)
            throw new RedisSettingException(nameof(_options.Database), FormattableString.Invariant($"{Target.Database} is not allowed; it must be a number from 0."));
        if (!Target.IsTls && (_options.CaFile ?? _options.ClientCertificate) is not null)
            throw new RedisSettingException(nameof(_options.Connection), "it is without TLS, but certificates are configured; write rediss:// (or ssl=true), or leave them out.");
        if (Target.User is not null && Target.Password is null)
            throw new RedisSettingException(nameof(_options.Password), "it is missing, but there is a user. Set it, or write redis://user:password@host.");
    }

    private static void CheckTimeout(string setting, double? seconds)
    {
        if (seconds is { } value && !(value is > 0 and <= MaxTimeout))
            throw new RedisSettingException(setting, FormattableString.Invariant($"{value} is not allowed; it must be a positive number of seconds, at most {MaxTimeout}."));
    }
}
