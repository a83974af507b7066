using System.Diagnostics.CodeAnalysis;
using CachedAttr.Backends;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CachedAttr.Redis.Tests;

[SuppressMessage("Design", "MA0042:Do not use blocking calls", Justification = "The provider is disposed as an application would.")]
public sealed class RedisConfigurationTests(SingleRedis redis) : IClassFixture<SingleRedis>
{
    [Theory]
    [InlineData("Backend", "redis", "CachedAttr:Redis:Connection: it is missing. Set it to redis://host:6379")]
    [InlineData("Redis:Conection", "redis://cache", "CachedAttr:Redis:Conection: there is no such setting. Known here: CaFile, ClientCertificate,")]
    [InlineData("Redis:Connection", "ftp://cache", "CachedAttr:Redis:Connection: it cannot be read: it begins with 'ftp://'; it must be redis://")]
    [InlineData("Redis:Connection", "ConnectionStrings:none", "'ConnectionStrings:none' is not configured. Set ConnectionStrings:none")]
    [InlineData("Redis:Database", "first", "CachedAttr:Redis:Database: 'first' is not allowed; it must be a whole number.")]
    [InlineData("Redis:Database", "-1", "CachedAttr:Redis:Database: -1 is not allowed", "redis://cache")]
    [InlineData("Redis:CommandTimeout", "0", "CachedAttr:Redis:CommandTimeout: 0 is not allowed; it must be a positive number of seconds", "redis://cache")]
    [InlineData("Redis:ConnectTimeout", "NaN", "CachedAttr:Redis:ConnectTimeout: NaN is not allowed", "redis://cache")]
    [InlineData("Redis:CaFile", "/none/ca.pem", "CachedAttr:Redis:CaFile: the file '/none/ca.pem' cannot be used", "rediss://cache")]
    [InlineData("Redis:ClientCertificate", "/none/me.pfx", "CachedAttr:Redis:ClientCertificate: the file '/none/me.pfx' cannot be used", "rediss://cache")]
    [InlineData("Redis:CaFile", "/etc/ca.pem", "it is without TLS, but certificates are configured", "redis://cache")]
    [InlineData("Redis:User", "app", "CachedAttr:Redis:Password: it is missing, but there is a user", "redis://cache")]
    public void What_cannot_be_meant_is_refused_by_name(string setting, string value, string expected, string? connection = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["CachedAttr:Backend"] = "redis" };
        if (connection is not null)
            settings["CachedAttr:Redis:Connection"] = connection;
        settings["CachedAttr:" + setting] = value;
        using var provider = Provider(settings).BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<Cache>());
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_of_the_application_is_found_by_its_name()
    {
        await using var provider = Provider(new(StringComparer.Ordinal)
        {
            ["CachedAttr:Backend"] = "Redis",
            ["CachedAttr:Redis:Connection"] = "ConnectionStrings:cache",
            ["ConnectionStrings:cache"] = $"redis://{redis.Server.EndPoint}/1",
        }).BuildServiceProvider();
        await using var backend = Backend(provider);
        var status = await backend.GetStatusAsync(BackendCall.Async());
        Assert.Equal(redis.Server.EndPoint, status.Location);
    }

    [Fact]
    public async Task What_is_set_by_code_wins_over_the_section()
    {
        var services = Provider(new(StringComparer.Ordinal) { ["CachedAttr:Backend"] = "redis", ["CachedAttr:Redis:Connection"] = "redis://nowhere.invalid" });
        services.AddCachedAttrRedis(options => options.Connection = redis.Server.EndPoint);
        await using var provider = services.BuildServiceProvider();
        await using var backend = Backend(provider);
        Assert.Equal(redis.Server.EndPoint, (await backend.GetStatusAsync(BackendCall.Async())).Location);
    }

    [Fact]
    public async Task A_multiplexer_of_the_application_is_used_and_stays_open()
    {
        var services = Provider(new(StringComparer.Ordinal) { ["CachedAttr:Backend"] = "redis" });
        services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis.Server.EndPoint));
        services.AddCachedAttrRedis(provider => provider.GetRequiredService<IConnectionMultiplexer>(), database: 2);
        var provider = services.BuildServiceProvider();
        var multiplexer = provider.GetRequiredService<IConnectionMultiplexer>();
        await using (var backend = Backend(provider))
            Assert.NotEqual(0, (await backend.ReadLogAsync(LogPosition.None, BackendCall.Async())).Epoch);
        Assert.True(multiplexer.IsConnected);
        Assert.True(await multiplexer.GetDatabase(2).KeyExistsAsync("{x:#log}:meta"));
        await multiplexer.CloseAsync();
    }

    [Fact]
    public async Task A_cache_reads_what_another_cache_has_stored()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CachedAttr:Backend"] = "redis",
            ["CachedAttr:KeyPrefix"] = "shared:",
            ["CachedAttr:Redis:Connection"] = "redis://" + redis.Server.EndPoint,
        };
        await using var one = Provider(settings).BuildServiceProvider();
        await using var two = Provider(settings).BuildServiceProvider();
        await one.GetRequiredService<Cache>().SetAsync("greeting", "hello");
        Assert.Equal("hello", (await two.GetRequiredService<Cache>().TryGetAsync<string>("greeting")).Value);
    }

    private static ServiceCollection Provider(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddCachedAttr(configuration);
        services.AddCachedAttrRedis();
        return services;
    }

    private static ICacheBackend Backend(IServiceProvider provider) =>
        provider.GetRequiredService<ICacheBackendFactory>().Create("redis", new BackendSettings { KeyPrefix = "x:" }, provider.GetRequiredService<IConfiguration>().GetSection("CachedAttr:Redis"));
}
