using System.Globalization;

namespace CachedAttr.Hosting;

/// <summary>Numbers that are each allowed and together make no sense. The analyzers say the same of attributes (CATTR004).</summary>
internal static class PolicyContradictions
{
    public static IEnumerable<string> Of(CachePolicy policy)
    {
        if (policy.Sliding >= policy.Ttl)
            yield return $"Sliding is {Text(policy.Sliding)} s and Ttl {Text(policy.Ttl)} s, so it would never take effect; it must be less.";
        if (policy is { Sliding: > 0, StaleWhileRevalidate: > 0 })
            yield return "Sliding and StaleWhileRevalidate contradict each other: what nobody has read for a while would still be served; leave one of them out.";
        if (policy is { SoftTimeout: > 0, StaleIfError: 0 })
            yield return "SoftTimeout needs StaleIfError: without it there is no stale value to serve.";
        if (policy.SoftTimeout >= policy.LoadTimeout)
            yield return $"SoftTimeout is {Text(policy.SoftTimeout)} s and LoadTimeout {Text(policy.LoadTimeout)} s, so it would never take effect; it must be less.";
    }

    private static string Text(double? seconds) => seconds.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);
}
