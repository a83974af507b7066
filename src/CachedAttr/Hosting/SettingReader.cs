using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CachedAttr.Hosting;

/// <summary>
/// Reads the section <c>CachedAttr</c> strictly: a setting that nobody knows, or a value that cannot be meant, is an error that names both and says
/// what is allowed. Written by hand, because the framework's binder passes over unknown settings and names neither.
/// </summary>
internal static class SettingReader
{
    private static readonly Dictionary<string, Action<CacheOptions, IConfigurationSection>> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(CacheOptions.Enabled)] = static (options, section) => options.Enabled = Bool(section),
        [nameof(CacheOptions.DefaultTtl)] = static (options, section) => options.DefaultTtl = Number(section),
        [nameof(CacheOptions.MaxTtl)] = static (options, section) => options.MaxTtl = Number(section),
        [nameof(CacheOptions.LoadTimeout)] = static (options, section) => options.LoadTimeout = Number(section),
        [nameof(CacheOptions.LocalCapacity)] = static (options, section) => options.LocalCapacity = Integer(section),
        [nameof(CacheOptions.KeySecret)] = static (options, section) => options.KeySecret = section.Value,
        [nameof(CacheOptions.Policies)] = static (options, section) => Policies(options.Policies, section),
        [nameof(CacheOptions.Methods)] = static (options, section) => Policies(options.Methods, section),
    };

    private static readonly Dictionary<string, Action<CachePolicy, IConfigurationSection>> PolicySettings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(CachePolicy.Enabled)] = static (policy, section) => policy.Enabled = Bool(section),
        [nameof(CachePolicy.Ttl)] = static (policy, section) => policy.Ttl = Number(section),
        [nameof(CachePolicy.NullTtl)] = static (policy, section) => policy.NullTtl = Number(section),
        [nameof(CachePolicy.LocalCapacity)] = static (policy, section) => policy.LocalCapacity = Integer(section),
        [nameof(CachePolicy.Tiers)] = static (policy, section) => policy.Tiers = Tiers(section),
    };

    /// <summary>Applies a section to options.</summary>
    /// <exception cref="OptionsValidationException">A setting is unknown, or its value not allowed.</exception>
    public static void Read(IConfiguration section, CacheOptions options) => Read(section, Settings, options);

    private static void Read<T>(IConfiguration section, Dictionary<string, Action<T, IConfigurationSection>> known, T target)
    {
        foreach (var child in section.GetChildren())
        {
            if (!known.TryGetValue(child.Key, out var read))
                throw Refuse($"{child.Path}: there is no such setting. Known here: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.");
            read(target, child);
        }
    }

    private static void Policies(IDictionary<string, CachePolicy> policies, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            var policy = policies.TryGetValue(child.Key, out var known) ? known : new CachePolicy();
            Read(child, PolicySettings, policy);
            policies[child.Key] = policy;
        }
    }

    private static bool Bool(IConfigurationSection section) =>
        bool.TryParse(section.Value, out bool value) ? value : throw Refuse(section, "true or false");

    private static double Number(IConfigurationSection section) =>
        double.TryParse(section.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Refuse(section, "a number of seconds, such as 600 or 0.5");

    private static int Integer(IConfigurationSection section) =>
        int.TryParse(section.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : throw Refuse(section, "a whole number");

    private static CacheTiers Tiers(IConfigurationSection section) =>
        Enum.TryParse(section.Value, ignoreCase: true, out CacheTiers value) && Enum.IsDefined(value)
            ? value
            : throw Refuse(section, $"one of {string.Join(", ", Enum.GetNames<CacheTiers>())}");

    private static OptionsValidationException Refuse(IConfigurationSection section, string allowed) =>
        Refuse($"{section.Path}: '{section.Value}' is not allowed; it must be {allowed}.");

    private static OptionsValidationException Refuse(string failure) => new(Options.DefaultName, typeof(CacheOptions), [failure]);
}
