using CachedAttr.Hosting;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Loading;

/// <summary>The numbers in force for one region, resolved from options, policies and attribute. All durations are in ticks of the cache's clock.</summary>
internal sealed record RegionSettings
{
    public required bool Enabled { get; init; }

    /// <summary>Whether values are kept in this process.</summary>
    public bool UsesLocal { get; init; } = true;

    /// <summary>Whether values are kept in the backend, if there is one.</summary>
    public bool UsesBackend { get; init; } = true;

    /// <summary>Whether one process at a time loads a key.</summary>
    public bool DistributedLock { get; init; }

    public required long Ttl { get; init; }

    /// <summary>The time to live of a null result; 0: it is not stored.</summary>
    public required long NullTtl { get; init; }

    public required int Capacity { get; init; }

    /// <summary>A load that took longer is not stored.</summary>
    public required long LoadTimeout { get; init; }

    public required long MaxTtl { get; init; }

    /// <summary>Resolves the settings of a method: its override, then its named policy, then the attribute, then the defaults.</summary>
    /// <param name="options">The cache's options.</param>
    /// <param name="method">The method.</param>
    /// <param name="hasBackend">Whether there is a backend; without one every tier is the local one.</param>
    public static RegionSettings Resolve(CacheOptions options, CachedMethod method, bool hasBackend = false)
    {
        var policy = method.Policy;
        if (method.PolicyName is { } policyName && options.Policies.TryGetValue(policyName, out var named))
            policy = named.Over(policy);
        if (options.Methods.TryGetValue(method.Name, out var own) || options.Methods.TryGetValue(method.FullName, out own))
            policy = own.Over(policy);

        var tiers = policy.Tiers ?? CacheTiers.Both;
        long maxTtl = Ticks(options.MaxTtl);
        long ttl = Math.Min(Ticks(policy.Ttl is { } seconds && IsTimeToLive(seconds) ? seconds : options.DefaultTtl), maxTtl);
        return new RegionSettings
        {
            Enabled = options.Enabled && policy.Enabled != false && tiers != CacheTiers.None,
            UsesLocal = !hasBackend || tiers.HasFlag(CacheTiers.Local),
            UsesBackend = tiers.HasFlag(CacheTiers.Backend),
            DistributedLock = policy.DistributedLock == true,
            Ttl = ttl,
            NullTtl = policy.NullTtl is { } nullTtl && (nullTtl == 0 || IsTimeToLive(nullTtl)) ? Math.Min(Ticks(nullTtl), maxTtl) : ttl,
            Capacity = policy.LocalCapacity is > 0 and var capacity ? capacity : options.LocalCapacity,
            LoadTimeout = Ticks(options.LoadTimeout),
            MaxTtl = maxTtl,
        };
    }

    /// <summary>Logs what an attribute says that cannot be followed. Options have been validated; attributes are only checked by the compiler.</summary>
    public static void LogWhatCannotBeFollowed(CacheOptions options, CachedMethod method, ILogger logger)
    {
        if (method.Policy.Ttl is { } ttl && !IsTimeToLive(ttl))
            logger.TtlReplaced(method.Name, ttl);
        else if (method.Policy.Ttl > options.MaxTtl)
            logger.TtlShortened(method.Name, method.Policy.Ttl.Value, options.MaxTtl);
        if (method.PolicyName is { } policyName && !options.Policies.ContainsKey(policyName))
            logger.PolicyMissing(method.Name, policyName);
    }

    /// <summary>How long a value may be served; 0: it is not stored.</summary>
    public long TimeToLive(bool isNull, TimeSpan? own) =>
        own is { } time ? Math.Min(time.Ticks, MaxTtl) : isNull ? NullTtl : Ttl;

    private static bool IsTimeToLive(double seconds) => seconds > 0 && double.IsFinite(seconds);

    // Clamped before the conversion, which would overflow; MaxTtl brings it down further.
    private static long Ticks(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, CacheOptionsValidator.MaxSeconds)).Ticks;
}
