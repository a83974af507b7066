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

    /// <summary>Seconds without a read after which a value ends, never later than <see cref="Ttl"/>; positive and finite.</summary>
    public double? Sliding { get; set; }

    /// <summary>Seconds after <see cref="Ttl"/> for which a value is still served while one load refreshes it (RFC 5861); at least 0.</summary>
    public double? StaleWhileRevalidate { get; set; }

    /// <summary>Seconds after <see cref="Ttl"/> for which a value is served if its load fails (RFC 5861); at least 0.</summary>
    public double? StaleIfError { get; set; }

    /// <summary>The fraction of <see cref="Ttl"/> after which a read starts a load in the background; between 0 and 1, both excluded.</summary>
    public double? RefreshAhead { get; set; }

    /// <summary>The most by which a random fraction shortens <see cref="Ttl"/>, so that keys do not end together; from 0 to below 1.</summary>
    public double? Jitter { get; set; }

    /// <summary>Seconds after which a load is given up: its token is cancelled, and who waits gets a <see cref="TimeoutException"/>. Methods with tasks only.</summary>
    public double? LoadTimeout { get; set; }

    /// <summary>Seconds after which a caller who waits for a load gets the stale value, if there is one; the load goes on. Methods with tasks only.</summary>
    public double? SoftTimeout { get; set; }

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
        Sliding = Sliding ?? other.Sliding,
        StaleWhileRevalidate = StaleWhileRevalidate ?? other.StaleWhileRevalidate,
        StaleIfError = StaleIfError ?? other.StaleIfError,
        RefreshAhead = RefreshAhead ?? other.RefreshAhead,
        Jitter = Jitter ?? other.Jitter,
        LoadTimeout = LoadTimeout ?? other.LoadTimeout,
        SoftTimeout = SoftTimeout ?? other.SoftTimeout,
        LocalCapacity = LocalCapacity ?? other.LocalCapacity,
        Tiers = Tiers ?? other.Tiers,
        DistributedLock = DistributedLock ?? other.DistributedLock,
    };
}
