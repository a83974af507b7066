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
        [nameof(CacheOptions.MaxLoad)] = static (options, section) => options.MaxLoad = Number(section),
        [nameof(CacheOptions.RetryDelay)] = static (options, section) => options.RetryDelay = Number(section),
        [nameof(CacheOptions.LocalCapacity)] = static (options, section) => options.LocalCapacity = Integer(section),
        [nameof(CacheOptions.KeySecret)] = static (options, section) => options.KeySecret = section.Value,
        [nameof(CacheOptions.FailSilently)] = static (options, section) => options.FailSilently = Bool(section),
        [nameof(CacheOptions.Backend)] = static (options, section) => options.Backend = section.Value ?? throw Refuse(section, "the name of a backend"),
        [nameof(CacheOptions.KeyPrefix)] = static (options, section) => options.KeyPrefix = section.Value ?? "",
        [nameof(CacheOptions.Coherence)] = static (options, section) => options.Coherence = Named<CacheCoherence>(section),
        [nameof(CacheOptions.HeartbeatInterval)] = static (options, section) => options.HeartbeatInterval = Number(section),
        [nameof(CacheOptions.BackendTimeout)] = static (options, section) => options.BackendTimeout = Number(section),
        [nameof(CacheOptions.MaxEntrySize)] = static (options, section) => options.MaxEntrySize = Integer(section),
        [nameof(CacheOptions.CompressAbove)] = static (options, section) => options.CompressAbove = Integer(section),
        [nameof(CacheOptions.Policies)] = static (options, section) => Policies(options.Policies, section),
        [nameof(CacheOptions.Methods)] = static (options, section) => Policies(options.Methods, section),
    };

    private static readonly Dictionary<string, Action<CachePolicy, IConfigurationSection>> PolicySettings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(CachePolicy.Enabled)] = static (policy, section) => policy.Enabled = Bool(section),
        [nameof(CachePolicy.Ttl)] = static (policy, section) => policy.Ttl = Number(section),
        [nameof(CachePolicy.NullTtl)] = static (policy, section) => policy.NullTtl = Number(section),
        [nameof(CachePolicy.Sliding)] = static (policy, section) => policy.Sliding = Number(section),
        [nameof(CachePolicy.StaleWhileRevalidate)] = static (policy, section) => policy.StaleWhileRevalidate = Number(section),
        [nameof(CachePolicy.StaleIfError)] = static (policy, section) => policy.StaleIfError = Number(section),
        [nameof(CachePolicy.RefreshAhead)] = static (policy, section) => policy.RefreshAhead = Number(section),
        [nameof(CachePolicy.Jitter)] = static (policy, section) => policy.Jitter = Number(section),
        [nameof(CachePolicy.LoadTimeout)] = static (policy, section) => policy.LoadTimeout = Number(section),
        [nameof(CachePolicy.SoftTimeout)] = static (policy, section) => policy.SoftTimeout = Number(section),
        [nameof(CachePolicy.LocalCapacity)] = static (policy, section) => policy.LocalCapacity = Integer(section),
        [nameof(CachePolicy.DistributedLock)] = static (policy, section) => policy.DistributedLock = Bool(section),
        [nameof(CachePolicy.Tiers)] = static (policy, section) => policy.Tiers = Named<CacheTiers>(section),
    };

    /// <summary>Applies a section to options.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The options.</param>
    /// <param name="others">The sections beneath it that others read: those of the backends.</param>
    /// <exception cref="OptionsValidationException">A setting is unknown, or its value not allowed.</exception>
    public static void Read(IConfiguration section, CacheOptions options, IReadOnlyCollection<string>? others = null) => Read(section, Settings, options, others ?? []);

    private static void Read<T>(IConfiguration section, Dictionary<string, Action<T, IConfigurationSection>> known, T target, IReadOnlyCollection<string> others)
    {
        foreach (var child in section.GetChildren())
        {
            if (others.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                continue;
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
            Read(child, PolicySettings, policy, []);
            policies[child.Key] = policy;
        }
    }

    private static bool Bool(IConfigurationSection section) =>
        bool.TryParse(section.Value, out bool value) ? value : throw Refuse(section, "true or false");

    private static double Number(IConfigurationSection section) =>
        double.TryParse(section.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Refuse(section, "a number of seconds, such as 600 or 0.5");

    private static int Integer(IConfigurationSection section) =>
        int.TryParse(section.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : throw Refuse(section, "a whole number");

    private static T Named<T>(IConfigurationSection section)
        where T : struct, Enum =>
        Enum.TryParse(section.Value, ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw Refuse(section, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    private static OptionsValidationException Refuse(IConfigurationSection section, string allowed) =>
        Refuse($"{section.Path}: '{section.Value}' is not allowed; it must be {allowed}.");

    private static OptionsValidationException Refuse(string failure) => new(Options.DefaultName, typeof(CacheOptions), [failure]);
}
