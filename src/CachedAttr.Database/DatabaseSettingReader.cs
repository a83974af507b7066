using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CachedAttr.Database;

/// <summary>Reads the sections <c>CachedAttr:Database</c> and <c>CachedAttr:File</c> strictly: a setting that nobody knows, or a value that cannot be meant, is an error.</summary>
internal static class DatabaseSettingReader
{
    private const string ConnectionStrings = "ConnectionStrings:";

    private static readonly Dictionary<string, Action<DatabaseOptions, IConfigurationSection>> Shared = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabaseOptions.Table)] = static (options, section) => options.Table = section.Value ?? "",
        [nameof(DatabaseOptions.MaxEntries)] = static (options, section) => options.MaxEntries = Integer(section),
        [nameof(DatabaseOptions.MaxBytes)] = static (options, section) => options.MaxBytes = Integer(section),
        [nameof(DatabaseOptions.SweepInterval)] = static (options, section) => options.SweepInterval = Number(section),
        [nameof(DatabaseOptions.ReadTimeResolution)] = static (options, section) => options.ReadTimeResolution = Number(section),
        [nameof(DatabaseOptions.PollInterval)] = static (options, section) => options.PollInterval = Number(section),
        [nameof(DatabaseOptions.CommandTimeout)] = static (options, section) => options.CommandTimeout = (int)Integer(section),
    };

    /// <summary>The settings of <c>CachedAttr:Database</c>.</summary>
    public static IReadOnlyDictionary<string, Action<DatabaseOptions, IConfigurationSection>> OfDatabase { get; } = new Dictionary<string, Action<DatabaseOptions, IConfigurationSection>>(Shared, StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabaseOptions.Provider)] = static (options, section) => options.Provider = Provider(section),
        [nameof(DatabaseOptions.Connection)] = static (options, section) => options.Connection = section.Value,
        [nameof(DatabaseOptions.Schema)] = static (options, section) => options.Schema = section.Value,
        [nameof(DatabaseOptions.Unlogged)] = static (options, section) => options.Unlogged = Flag(section),
    };

    /// <summary>The settings of <c>CachedAttr:File</c>.</summary>
    public static IReadOnlyDictionary<string, Action<DatabaseOptions, IConfigurationSection>> OfFile { get; } = new Dictionary<string, Action<DatabaseOptions, IConfigurationSection>>(Shared, StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabaseOptions.Directory)] = static (options, section) => options.Directory = section.Value,
    };

    /// <exception cref="DatabaseSettingException">A setting is unknown, or its value not allowed.</exception>
    public static void Read(IConfiguration section, IReadOnlyDictionary<string, Action<DatabaseOptions, IConfigurationSection>> settings, DatabaseOptions options)
    {
        foreach (var child in section.GetChildren())
        {
            if (!settings.TryGetValue(child.Key, out var read))
                throw new DatabaseSettingException(child.Key, $"there is no such setting. Known here: {string.Join(", ", settings.Keys.Order(StringComparer.Ordinal))}.");
            read(options, child);
        }
    }

    /// <summary>Replaces <c>ConnectionStrings:NAME</c> by what the application has under that name.</summary>
    /// <exception cref="DatabaseSettingException">There is nothing.</exception>
    public static void Resolve(DatabaseOptions options, IConfiguration? application)
    {
        if (options.Connection?.StartsWith(ConnectionStrings, StringComparison.OrdinalIgnoreCase) != true)
            return;
        string name = options.Connection[ConnectionStrings.Length..];
        if (application is null)
            throw new DatabaseSettingException(nameof(options.Connection), $"'{options.Connection}' needs the application's IConfiguration as a service, and there is none. Register it, or set the string itself.");
        options.Connection = application.GetConnectionString(name) is { Length: > 0 } found
            ? found
            : throw new DatabaseSettingException(nameof(options.Connection), $"'{options.Connection}' is not configured. Set ConnectionStrings:{name}, as an environment variable ConnectionStrings__{name}.");
    }

    private static DatabaseProvider Provider(IConfigurationSection section) =>
        Enum.TryParse(section.Value, ignoreCase: true, out DatabaseProvider value) && Enum.IsDefined(value) && !char.IsAsciiDigit(section.Value![0])
            ? value
            : throw Refuse(section, "sqlite or postgres");

    private static bool Flag(IConfigurationSection section) => bool.TryParse(section.Value, out bool value) ? value : throw Refuse(section, "true or false");

    private static long Integer(IConfigurationSection section) =>
        long.TryParse(section.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : throw Refuse(section, "a whole number");

    private static double Number(IConfigurationSection section) =>
        double.TryParse(section.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Refuse(section, "a number of seconds, such as 5 or 0.5");

    private static DatabaseSettingException Refuse(IConfigurationSection section, string allowed) => new(section.Key, $"'{section.Value}' is not allowed; it must be {allowed}.");
}
