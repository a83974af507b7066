namespace CachedAttr.Loading;

/// <summary>The numbers in force for one region, resolved from options, policies and attribute. All durations are in ticks of the cache's clock.</summary>
internal sealed record RegionSettings
{
    public required bool Enabled { get; init; }

    public required long Ttl { get; init; }

    /// <summary>The time to live of a null result; 0: it is not stored.</summary>
    public required long NullTtl { get; init; }

    public required int Capacity { get; init; }

    /// <summary>A load that took longer is not stored.</summary>
    public required long LoadTimeout { get; init; }

    public required long MaxTtl { get; init; }

    /// <summary>Resolves the settings of a region: the method's override, then its named policy, then the attribute, then the defaults.</summary>
    public static RegionSettings Resolve(CacheOptions options, string name, string fullName, string? policyName, CachePolicy attribute)
    {
        var policy = attribute;
        if (policyName is not null && options.Policies.TryGetValue(policyName, out var named))
            policy = named.Over(policy);
        if (options.Methods.TryGetValue(name, out var method) || options.Methods.TryGetValue(fullName, out method))
            policy = method.Over(policy);

        long maxTtl = Ticks(options.MaxTtl);
        long ttl = Math.Min(Ticks(policy.Ttl ?? options.DefaultTtl), maxTtl);
        return new RegionSettings
        {
            Enabled = options.Enabled && policy.Enabled != false && policy.Tiers != CacheTiers.None,
            Ttl = ttl,
            NullTtl = policy.NullTtl is { } nullTtl ? Math.Min(Ticks(nullTtl), maxTtl) : ttl,
            Capacity = policy.LocalCapacity ?? options.LocalCapacity,
            LoadTimeout = Ticks(options.LoadTimeout),
            MaxTtl = maxTtl,
        };
    }

    /// <summary>How long a value may be served; 0: it is not stored.</summary>
    public long TimeToLive(bool isNull, TimeSpan? own) =>
        own is { } time ? Math.Min(time.Ticks, MaxTtl) : isNull ? NullTtl : Ttl;

    private static long Ticks(double seconds) => TimeSpan.FromSeconds(seconds).Ticks;
}
