using CachedAttr.Backends;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CachedAttr.Redis;

/// <summary>Makes the backend that <c>CachedAttr:Backend = redis</c> means. Settings by code win over those of the section.</summary>
internal sealed class RedisBackendFactory(IServiceProvider services, IEnumerable<RedisBackendFactory.Setup> setups) : ICacheBackendFactory
{
    private const string SectionPath = "CachedAttr:Redis";

    public IReadOnlyList<string> Names { get; } = ["redis"];

    public string Section => "Redis";

    public ICacheBackend Create(string name, BackendSettings settings, IConfiguration? section)
    {
        var options = new RedisOptions();
        try
        {
            if (section is not null)
                RedisSettingReader.Read(section, options);
            foreach (var setup in setups)
                setup.Configure(options);
            if (options.Multiplexer is { } multiplexer)
                return new RedisBackend(settings, multiplexer(services), options.Database ?? -1);
            RedisSettingReader.Resolve(options, services.GetService<IConfiguration>());
            return Create(settings, options);
        }
        catch (RedisSettingException exception)
        {
            throw Refuse(exception);
        }
    }

    public static RedisBackend Create(BackendSettings settings, RedisOptions options)
    {
        try
        {
            var plan = RedisPlan.Create(options);
            return new RedisBackend(settings, plan.Target.SentinelMaster is null ? new OwnRedisConnection(plan) : new SentinelRedisConnection(plan));
        }
        catch (RedisSettingException exception)
        {
            throw Refuse(exception);
        }
    }

    private static OptionsValidationException Refuse(RedisSettingException exception) =>
        new(Options.DefaultName, typeof(RedisOptions), [$"{SectionPath}:{exception.Setting}: {exception.Message}"]);

    /// <summary>What <c>AddCachedAttrRedis</c> was given.</summary>
    internal sealed record Setup(Action<RedisOptions> Configure);
}
