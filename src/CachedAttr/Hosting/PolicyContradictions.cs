using System.Globalization;

namespace CachedAttr.Hosting;

/// <summary>Numbers that are each allowed and together make no sense. The analyzers say the same of attributes (CATTR004).</summary>
internal static class PolicyContradictions
{
    /// <summary>What contradicts itself within a policy, whatever it stands beside.</summary>
    public static IEnumerable<string> Of(CachePolicy policy)
    {
        if (policy.Sliding >= policy.Ttl)
            yield return $"Sliding is {Text(policy.Sliding)} s and Ttl {Text(policy.Ttl)} s, so it would never take effect; it must be less.";
        if (policy is { Sliding: > 0, StaleWhileRevalidate: > 0 })
            yield return "Sliding and StaleWhileRevalidate contradict each other: what nobody has read for a while would still be served; leave one of them out.";
        if (policy.StaleIfError > 0 && policy.StaleIfError <= policy.StaleWhileRevalidate)
        {
            yield return $"StaleIfError is {Text(policy.StaleIfError)} s and StaleWhileRevalidate {Text(policy.StaleWhileRevalidate)} s, which serves the stale value anyway; "
                + "it must be more, or 0.";
        }

        if (policy is { SoftTimeout: > 0, StaleIfError: 0 })
            yield return "SoftTimeout needs StaleIfError: without it there is no stale value to serve.";
        if (policy.SoftTimeout >= policy.LoadTimeout)
            yield return $"SoftTimeout is {Text(policy.SoftTimeout)} s and LoadTimeout {Text(policy.LoadTimeout)} s, so it would never take effect; it must be less.";
    }

    /// <summary>What contradicts itself in what configured policies make of the program's methods, by the setting at fault.</summary>
    public static IEnumerable<(string Setting, string Fault)> OfMethods(CacheOptions options, IEnumerable<CachedMethodManifestAttribute> methods)
    {
        foreach (var method in methods)
        {
            string fullName = $"{method.Type}.{method.Method}", name = fullName[(method.Type.LastIndexOf('.') + 1)..];
            var named = method.Policy is { } policyName && options.Policies.TryGetValue(policyName, out var found) ? found : null;
            string? section = options.Methods.ContainsKey(name) ? name : options.Methods.ContainsKey(fullName) ? fullName : null;
            var own = section is null ? null : options.Methods[section];
            if (named is null && own is null)
                continue; // all of it stands in the attribute, where the compiler has told

            // As the run time does it: what is missing has a default by then.
            var effective = (own ?? new()).Over((named ?? new()).Over(Written(method)));
            effective.Ttl ??= options.DefaultTtl;
            effective.StaleIfError ??= 0;
            var known = (own is null ? [] : Of(own)).Concat(named is null ? [] : Of(named)).ToHashSet(StringComparer.Ordinal);
            string setting = section is null ? $"Policies:{method.Policy}" : $"Methods:{section}";
            foreach (string fault in Of(effective).Where(fault => !known.Contains(fault)))
                yield return (setting, section is null ? $"for {name}: {fault}" : fault);
        }
    }

    private static CachePolicy Written(CachedMethodManifestAttribute method) => new()
    {
        Ttl = Given(method.Ttl),
        Sliding = Given(method.Sliding),
        StaleWhileRevalidate = Given(method.StaleWhileRevalidate),
        StaleIfError = Given(method.StaleIfError),
        LoadTimeout = Given(method.LoadTimeout),
        SoftTimeout = Given(method.SoftTimeout),
    };

    private static double? Given(double seconds) => seconds > 0 ? seconds : null;

    private static string Text(double? seconds) => seconds.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);
}
