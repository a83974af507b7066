using System.Reflection;
using CachedAttr.Database;
using CachedAttr.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.Docs.Tests;

/// <summary>The tables of settings are those of the options, and what they call a setting is one.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cachedattr-docs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_settings_of_a_cache_are_in_the_table() => GeneratedRegion.Verify("docs/configuration.md", "settings", SettingsTable.Of(typeof(CacheOptions), "CachedAttr__"));

    [Fact]
    public void The_settings_of_a_policy_are_in_the_table() =>
        GeneratedRegion.Verify("docs/configuration.md", "policy", SettingsTable.Of(typeof(CachePolicy), "CachedAttr__Policies__{name}__"));

    [Fact]
    public void The_settings_of_Redis_are_in_the_table() => GeneratedRegion.Verify("docs/redis.md", "settings", SettingsTable.Of(typeof(RedisOptions), "CachedAttr__Redis__"));

    [Fact]
    public void The_settings_of_databases_are_in_the_table() =>
        GeneratedRegion.Verify("docs/database.md", "settings", SettingsTable.Of(typeof(DatabaseOptions), "CachedAttr__Database__"));

    [Fact]
    public void What_is_called_a_setting_of_a_cache_can_be_configured_and_nothing_else() =>
        Assert.All(typeof(CacheOptions).GetProperties(), property => Assert.Equal(!SettingsTable.IsByCodeOnly(property), IsKnown(SettingsTable.IsSection(property) ? $"{property.Name}:name:Ttl" : property.Name, property)));

    [Fact]
    public void What_is_called_a_setting_of_a_policy_can_be_configured() =>
        Assert.All(typeof(CachePolicy).GetProperties(), property => Assert.True(IsKnown($"Policies:name:{property.Name}", property)));

    [Fact]
    public void What_is_called_a_setting_of_Redis_can_be_configured_and_nothing_else() => Assert.All(
        typeof(RedisOptions).GetProperties(),
        property => Assert.Equal(!SettingsTable.IsByCodeOnly(property), IsKnown($"Redis:{property.Name}", property, ("Backend", "redis"), ("Redis:Connection", "redis://127.0.0.1:1"))));

    [Fact]
    public void What_is_called_a_setting_of_databases_can_be_configured_and_nothing_else() => Assert.All(
        typeof(DatabaseOptions).GetProperties(),
        property => Assert.Equal(
            !SettingsTable.IsByCodeOnly(property),
            IsKnown($"Database:{property.Name}", property, ("Backend", "database"), ("Database:Connection", Path.Combine(_folder, "cache.db")))
            || IsKnown($"File:{property.Name}", property, ("Backend", "file"), ("File:Directory", _folder))));

    /// <summary>Whether a cache that is configured by it does not say that there is no such setting.</summary>
    private static bool IsKnown(string name, PropertyInfo property, params (string Name, string Value)[] others)
    {
        var settings = others.ToDictionary(other => $"CachedAttr:{other.Name}", other => (string?)other.Value, StringComparer.Ordinal);
        settings[$"CachedAttr:{name}"] = Sample(property, settings.GetValueOrDefault($"CachedAttr:{name}"));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddCachedAttr(configuration).AddCachedAttrRedis().AddCachedAttrDatabase().BuildServiceProvider();
        try
        {
            services.GetRequiredService<Cache>();
            return true;
        }
        catch (Exception exception)
        {
            return !exception.Message.Contains("there is no such setting", StringComparison.Ordinal);
        }
    }

    private static string Sample(PropertyInfo property, string? given)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return given ?? (type == typeof(bool) ? "true" : type.IsEnum ? Enum.GetNames(type)[0] : type == typeof(string) ? "memory" : "1");
    }
}
