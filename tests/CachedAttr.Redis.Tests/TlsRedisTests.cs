using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Redis.Tests;

/// <summary>A server that speaks TLS and asks for certificates.</summary>
public sealed class TlsRedis : IAsyncLifetime
{
    public TestCertificates Certificates { get; } = new();

    public RedisServer Server { get; private set; } = null!;

    public string EndPoint => FormattableString.Invariant($"127.0.0.1:{Server.TlsPort}");

    public async Task InitializeAsync()
    {
        Server = await RedisServer.StartAsync(null, Certificates.ServerArguments);
        Assert.StartsWith("+OK", await Server.CommandAsync("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*", "+@all"), StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Certificates.Dispose();
    }

    /// <summary>Options with which everything is right.</summary>
    public RedisOptions Options(string login = "") => new()
    {
        Connection = $"rediss://{login}{EndPoint}",
        CaFile = Certificates.CaFile,
        ClientCertificate = Certificates.ClientFile,
        ClientCertificateKey = Certificates.ClientKeyFile,
        ConnectTimeout = 2,
        CommandTimeout = 5,
    };
}

/// <summary>The suite over TLS with certificates on both sides.</summary>
public sealed class TlsRedisTests(TlsRedis redis) : BackendConformance, IClassFixture<TlsRedis>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult<ICacheBackend>(RedisBackend.Create(settings, redis.Options()));

    [Fact]
    public Task A_certificate_with_its_key_in_one_file_will_do() => WorksAsync(options =>
    {
        options.ClientCertificate = redis.Certificates.ClientPfxFile;
        options.ClientCertificateKey = null;
        options.ClientCertificatePassword = "pfx secret";
    });

    [Fact]
    public Task A_user_logs_in_over_it() => WorksAsync(options => options.Connection = $"rediss://app:secret@{redis.EndPoint}");

    [Fact]
    public Task The_name_of_another_host_in_the_certificate_can_be_asked_for() => WorksAsync(options => options.Connection += "/0?sslHost=localhost");

    [Fact]
    public Task A_certificate_of_another_authority_is_refused() =>
        FailsAsync(options => options.CaFile = redis.Certificates.OtherCaFile, "(CN=server) is not of an authority in CachedAttr:Redis:CaFile");

    [Fact]
    public Task A_certificate_of_an_authority_that_the_system_does_not_know_is_refused() =>
        FailsAsync(options => options.CaFile = null, "is not of an authority that this system trusts; set CachedAttr:Redis:CaFile");

    [Fact]
    public Task A_certificate_for_another_host_is_refused() =>
        FailsAsync(options => options.Connection += "/0?sslHost=redis.example", "is for another host than the one in CachedAttr:Redis:Connection");

    [Fact]
    public Task Without_the_certificate_that_the_server_asks_for_there_is_no_connection() =>
        FailsAsync(options => options.ClientCertificate = options.ClientCertificateKey = null, "CachedAttr:Redis:ClientCertificate");

    [Fact]
    public Task A_server_without_tls_is_told() =>
        FailsAsync(options => options.Connection = $"rediss://{redis.Server.EndPoint}", "if it does not speak TLS there, write redis://");

    [Fact]
    public Task A_server_with_tls_is_told_where_none_is_configured() => FailsAsync(
        options =>
        {
            options.Connection = $"redis://{redis.EndPoint}";
            options.CaFile = options.ClientCertificate = options.ClientCertificateKey = null;
        },
        "write rediss:// in CachedAttr:Redis:Connection");

    private async Task WorksAsync(Action<RedisOptions> change)
    {
        await using var backend = Open(change);
        Assert.NotEqual(0, (await backend.ReadLogAsync(LogPosition.None, Call)).Epoch);
    }

    private async Task FailsAsync(Action<RedisOptions> change, string expected)
    {
        await using var backend = Open(change);
        var exception = await Assert.ThrowsAsync<CacheBackendException>(() => backend.GetAsync("k", Call).AsTask());
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private RedisBackend Open(Action<RedisOptions> change)
    {
        var options = redis.Options();
        change(options);
        return RedisBackend.Create(Settings, options);
    }
}
