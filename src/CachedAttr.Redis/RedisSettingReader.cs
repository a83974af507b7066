using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CachedAttr.Redis;

/// <summary>Reads the section <c>CachedAttr:Redis</c> strictly: a setting that nobody knows, or a value that cannot be meant, is an error.</summary>
internal static class RedisSettingReader
{
    private static readonly Dictionary<string, Action<RedisOptions, IConfigurationSection>> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(RedisOptions.Connection)] = static (options, section) => options.Connection = section.Value,
        [nameof(RedisOptions.User)] = static (options, section) => options.User = section.Value,
        [nameof(RedisOptions.Password)] = static (options, section) => options.Password = section.Value,
        [nameof(RedisOptions.Database)] = static (options, section) => options.Database = Integer(section),
        [nameof(RedisOptions.CaFile)] = static (options, section) => options.CaFile = section.Value,
        [nameof(RedisOptions.ClientCertificate)] = static (options, section) => options.ClientCertificate = section.Value,
        [nameof(RedisOptions.ClientCertificateKey)] = static (options, section) => options.ClientCertificateKey = section.Value,
        [nameof(RedisOptions.ClientCertificatePassword)] = static (options, section) => options.ClientCertificatePassword = section.Value,
        [nameof(RedisOptions.ConnectTimeout)] = static (options, section) => options.ConnectTimeout = Number(section),
        [nameof(RedisOptions.CommandTimeout)] = static (options, section) => options.CommandTimeout = Number(section),
    };

    private const string ConnectionStrings = "ConnectionStrings:";

    /// <exception cref="RedisSettingException">A setting is unknown, or its value not allowed.</exception>
    public static void Read(IConfiguration section, RedisOptions options)
    {
        foreach (var child in section.GetChildren())
        {
            if (!Settings.TryGetValue(child.Key, out var read))
                throw new RedisSettingException(child.Key, $"there is no such setting. Known here: {string.Join(", ", Settings.Keys.Order(StringComparer.Ordinal))}.");
            read(options, child);
        }
    }

    /// <summary>Replaces <c>ConnectionStrings:NAME</c> by what the application has under that name.</summary>
    /// <exception cref="RedisSettingException">There is nothing.</exception>
    public static void Resolve(RedisOptions options, IConfiguration? application)
    {
        if (options.Connection?.StartsWith(ConnectionStrings, StringComparison.OrdinalIgnoreCase) != true)
            return;
        string name = options.Connection[ConnectionStrings.Length..];
        if (application is null)
            throw new RedisSettingException(nameof(options.Connection), $"'{options.Connection}' needs the application's IConfiguration as a service, and there is none. Register it, or set the string itself.");
        options.Connection = application.GetConnectionString(name) is { Length: > 0 } found
            ? found
            : throw new RedisSettingException(nameof(options.Connection), $"'{options.Connection}' is not configured. Set ConnectionStrings:{name}, as an environment variable ConnectionStrings__{name}.");
    }

    private static int Integer(IConfigurationSection section) =>
        int.TryParse(section.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : throw Refuse(section, "a whole number");

    private static double Number(IConfigurationSection section) =>
        double.TryParse(section.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Refuse(section, "a number of seconds, such as 5 or 0.5");

    private static RedisSettingException Refuse(IConfigurationSection section, string allowed) => new(section.Key, $"'{section.Value}' is not allowed; it must be {allowed}.");
}
