using System.Globalization;
using Microsoft.Extensions.Options;

namespace CachedAttr.Hosting;

/// <summary>Checks options as a whole, before a cache uses them. Each failure names the setting, its value and what is allowed.</summary>
internal sealed class CacheOptionsValidator : IValidateOptions<CacheOptions>
{
    /// <summary>The longest duration, a century: beyond any cache, and far from the end of <see cref="TimeSpan"/>'s range.</summary>
    public const double MaxSeconds = 100d * 366 * 86_400;

    // What Polly allows for one call.
    private const double MaxTimeout = 86_400;

    /// <summary>Checks options that do not come from a host.</summary>
    /// <exception cref="OptionsValidationException">A setting is not allowed.</exception>
    public static void ThrowIfInvalid(CacheOptions options)
    {
        var failures = Failures(options);
        if (failures.Count > 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(CacheOptions), failures);
    }

    public ValidateOptionsResult Validate(string? name, CacheOptions options)
    {
        var failures = Failures(options);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static List<string> Failures(CacheOptions options)
    {
        var failures = new List<string>();
        Positive(failures, nameof(options.DefaultTtl), options.DefaultTtl);
        Positive(failures, nameof(options.MaxTtl), options.MaxTtl);
        Positive(failures, nameof(options.MaxLoad), options.MaxLoad);
        Positive(failures, nameof(options.RetryDelay), options.RetryDelay);
        if (options.DefaultTtl > options.MaxTtl)
            AtMost(failures, nameof(options.DefaultTtl), options.DefaultTtl, options.MaxTtl);
        Capacity(failures, nameof(options.LocalCapacity), options.LocalCapacity);
        CheckBackend(failures, options);
        if (options.TimeProvider is null)
            Refuse(failures, nameof(options.TimeProvider), "null", "a TimeProvider, such as TimeProvider.System");
        foreach (var (name, policy) in options.Policies)
            Check(failures, $"{nameof(options.Policies)}:{name}", policy, options.MaxTtl);
        foreach (var (name, policy) in options.Methods)
            Check(failures, $"{nameof(options.Methods)}:{name}", policy, options.MaxTtl);
        if (options.Methods.Count + options.Policies.Count > 0)
            CheckMethods(failures, options);
        return failures;
    }

    private static void CheckBackend(List<string> failures, CacheOptions options)
    {
        Positive(failures, nameof(options.HeartbeatInterval), options.HeartbeatInterval);
        Positive(failures, nameof(options.BackendTimeout), options.BackendTimeout);
        if (options.BackendTimeout > MaxTimeout)
            Refuse(failures, nameof(options.BackendTimeout), Text(options.BackendTimeout), $"at most {Text(MaxTimeout)} s");
        if (options.MaxEntrySize < 1024)
            Refuse(failures, nameof(options.MaxEntrySize), Text(options.MaxEntrySize), "a number of bytes, at least 1024");
        if (options.CompressAbove < 0)
            Refuse(failures, nameof(options.CompressAbove), Text(options.CompressAbove.Value), "a number of bytes, at least 0, or left out");
        if (string.IsNullOrWhiteSpace(options.Backend))
            Refuse(failures, nameof(options.Backend), $"'{options.Backend}'", "the name of a backend: memory, redis, database or file");
        if (options.KeyPrefix is null)
            Refuse(failures, nameof(options.KeyPrefix), "null", "text; empty for none");
    }

    private static void Check(List<string> failures, string path, CachePolicy policy, double maxTtl)
    {
        if (policy.Ttl is { } ttl)
        {
            Positive(failures, $"{path}:Ttl", ttl);
            if (ttl > maxTtl)
                AtMost(failures, $"{path}:Ttl", ttl, maxTtl);
        }

        if (policy.NullTtl is { } nullTtl && !(nullTtl >= 0 && nullTtl <= MaxSeconds))
            Refuse(failures, $"{path}:NullTtl", Text(nullTtl), "0 (do not cache null) or a positive, finite number of seconds");
        if (policy.LocalCapacity is { } capacity)
            Capacity(failures, $"{path}:LocalCapacity", capacity);
        CheckTimes(failures, path, policy);
    }

    private static void CheckTimes(List<string> failures, string path, CachePolicy policy)
    {
        foreach (var (name, seconds) in new[] { ("Sliding", policy.Sliding), ("LoadTimeout", policy.LoadTimeout), ("SoftTimeout", policy.SoftTimeout) })
        {
            if (seconds is { } positive)
                Positive(failures, $"{path}:{name}", positive);
        }

        foreach (var (name, seconds) in new[] { ("StaleWhileRevalidate", policy.StaleWhileRevalidate), ("StaleIfError", policy.StaleIfError) })
        {
            if (seconds is { } window && !(window >= 0 && window <= MaxSeconds))
                Refuse(failures, $"{path}:{name}", Text(window), "a finite number of seconds, at least 0");
        }

        if (policy.RefreshAhead is { } ahead && !(ahead > 0 && ahead < 1))
            Refuse(failures, $"{path}:RefreshAhead", Text(ahead), "a fraction between 0 and 1");
        if (policy.Jitter is { } jitter && !(jitter >= 0 && jitter < 1))
            Refuse(failures, $"{path}:Jitter", Text(jitter), "a fraction from 0 to below 1");
        foreach (string contradiction in PolicyContradictions.Of(policy))
            failures.Add($"CachedAttr:{path}: {contradiction}");
    }

    private static void CheckMethods(List<string> failures, CacheOptions options)
    {
        var methods = MethodCatalog.Find();
        CheckNames(failures, options.Methods.Keys, methods);
        foreach (var (setting, fault) in PolicyContradictions.OfMethods(options, methods))
            failures.Add($"CachedAttr:{setting}: {fault}");
    }

    private static void CheckNames(List<string> failures, IEnumerable<string> names, IEnumerable<CachedMethodManifestAttribute> methods)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            known.Add($"{method.Type}.{method.Method}");
            known.Add($"{method.Type[(method.Type.LastIndexOf('.') + 1)..]}.{method.Method}");
        }

        string some = known.Count == 0 ? "none in the assemblies of this program" : string.Join(", ", known.Order(StringComparer.Ordinal).Take(20));
        foreach (string name in names.Where(name => !known.Contains(name)))
            failures.Add($"CachedAttr:Methods:{name}: there is no cached method of this name. Known: {some}{(known.Count > 20 ? ", …" : "")}.");
    }

    private static void Positive(List<string> failures, string setting, double seconds)
    {
        if (!(seconds > 0 && seconds <= MaxSeconds))
            Refuse(failures, setting, Text(seconds), "a positive, finite number of seconds");
    }

    private static void AtMost(List<string> failures, string setting, double seconds, double maxTtl) =>
        Refuse(failures, setting, Text(seconds), $"at most MaxTtl, which is {Text(maxTtl)}");

    private static void Capacity(List<string> failures, string setting, int entries)
    {
        if (entries < 1)
            Refuse(failures, setting, Text(entries), "a whole number of entries, at least 1");
    }

    private static void Refuse(List<string> failures, string setting, string value, string allowed) =>
        failures.Add($"CachedAttr:{setting}: {value} is not allowed; it must be {allowed}.");

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
