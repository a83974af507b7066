namespace CachedAttr;

/// <summary>
/// The numbers of one or more cached methods. A property that is <see langword="null"/> says nothing. They are looked up in this order:
/// <see cref="CacheOptions.Methods"/>, the method's named policy, the attribute, the defaults of <see cref="CacheOptions"/>.
/// </summary>
public sealed record CachePolicy
{
    /// <summary>Whether the method is cached at all.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Time to live in seconds; positive and finite.</summary>
    public double? Ttl { get; set; }

    /// <summary>Time to live of a <see langword="null"/> result in seconds; 0: do not cache it.</summary>
    public double? NullTtl { get; set; }

    /// <summary>How many entries the local tier holds at most, for this method; at least 1.</summary>
    public int? LocalCapacity { get; set; }

    /// <summary>Where values are kept.</summary>
    public CacheTiers? Tiers { get; set; }

    /// <summary>Whether at most one process at a time loads a key.</summary>
    public bool? DistributedLock { get; set; }

    /// <summary>This policy where it says something, <paramref name="other"/> where it does not.</summary>
    internal CachePolicy Over(CachePolicy? other) => other is null ? this : new CachePolicy
    {
        Enabled = Enabled ?? other.Enabled,
        Ttl = Ttl ?? other.Ttl,
        NullTtl = NullTtl ?? other.NullTtl,
        LocalCapacity = LocalCapacity ?? other.LocalCapacity,
        Tiers = Tiers ?? other.Tiers,
        DistributedLock = DistributedLock ?? other.DistributedLock,
    };
}
