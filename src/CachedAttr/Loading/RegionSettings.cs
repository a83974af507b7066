using CachedAttr.Backends;
using CachedAttr.Hosting;
using CachedAttr.Local;
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
    public required long MaxLoad { get; init; }

    public required long MaxTtl { get; init; }

    /// <summary>How long a value lives without a read; 0: no matter.</summary>
    public long Sliding { get; init; }

    /// <summary>How long after its time to live a value is served while it is refreshed.</summary>
    public long StaleWhileRevalidate { get; init; }

    /// <summary>How long after its time to live a value is served if its load fails.</summary>
    public long StaleIfError { get; init; }

    /// <summary>The part of the time to live after which a read starts a refresh; 0: none does.</summary>
    public double RefreshAhead { get; init; }

    /// <summary>The largest part by which the time to live is shortened.</summary>
    public double Jitter { get; init; }

    /// <summary>When a load is given up; 0: never.</summary>
    public long LoadTimeout { get; init; }

    /// <summary>When who waits for a load gets the stale value; 0: never.</summary>
    public long SoftTimeout { get; init; }

    /// <summary>How long a source is left alone after a failure.</summary>
    public long RetryDelay { get; init; }

    /// <summary>How long a value is of use after its time to live.</summary>
    public long StaleWindow => Math.Max(StaleWhileRevalidate, StaleIfError);

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
        long ttl = Math.Min(Ticks(policy.Ttl is { } seconds && IsTime(seconds) ? seconds : options.DefaultTtl), maxTtl);
        return new RegionSettings
        {
            Enabled = options.Enabled && policy.Enabled != false && tiers != CacheTiers.None,
            UsesLocal = !hasBackend || tiers.HasFlag(CacheTiers.Local),
            UsesBackend = tiers.HasFlag(CacheTiers.Backend),
            DistributedLock = policy.DistributedLock == true,
            Ttl = ttl,
            NullTtl = policy.NullTtl is { } nullTtl && (nullTtl == 0 || IsTime(nullTtl)) ? Math.Min(Ticks(nullTtl), maxTtl) : ttl,
            Capacity = policy.LocalCapacity is > 0 and var capacity ? capacity : options.LocalCapacity,
            MaxLoad = Ticks(options.MaxLoad),
            MaxTtl = maxTtl,
            Sliding = Time(policy.Sliding, maxTtl),
            StaleWhileRevalidate = Time(policy.StaleWhileRevalidate, maxTtl),
            StaleIfError = Time(policy.StaleIfError, maxTtl),
            RefreshAhead = policy.RefreshAhead is > 0 and < 1 and var ahead ? ahead : 0,
            Jitter = policy.Jitter is > 0 and < 1 and var jitter ? jitter : 0,
            LoadTimeout = Time(policy.LoadTimeout, long.MaxValue),
            SoftTimeout = Time(policy.SoftTimeout, long.MaxValue),
            RetryDelay = Ticks(options.RetryDelay),
        };
    }

    /// <summary>Logs what an attribute says that cannot be followed. Options have been validated; attributes are only checked by the compiler.</summary>
    public static void LogWhatCannotBeFollowed(CacheOptions options, CachedMethod method, ILogger logger)
    {
        if (method.Policy.Ttl is { } ttl && !IsTime(ttl))
            logger.TtlReplaced(method.Name, ttl);
        else if (method.Policy.Ttl > options.MaxTtl)
            logger.TtlShortened(method.Name, method.Policy.Ttl.Value, options.MaxTtl);
        if (method.PolicyName is { } policyName && !options.Policies.ContainsKey(policyName))
            logger.PolicyMissing(method.Name, policyName);
    }

    /// <summary>How long a value may be served; 0: it is not stored.</summary>
    /// <param name="isNull">Whether it is null.</param>
    /// <param name="own">What its owner says, which is taken as it is.</param>
    /// <param name="random">A number from 0 to below 1, by which the method's own time to live is shortened.</param>
    public long TimeToLive(bool isNull, TimeSpan? own, double random = 0)
    {
        if (own is { } time)
            return Math.Min(time.Ticks, MaxTtl);
        long ttl = isNull ? NullTtl : Ttl;
        return Jitter == 0 ? ttl : ttl - (long)(ttl * Jitter * random);
    }

    /// <summary>The times of an entry beyond the one at which its time to live ends.</summary>
    /// <param name="created">When it was loaded.</param>
    /// <param name="expires">When its time to live ends.</param>
    /// <param name="now">The present, from which on it can be read.</param>
    /// <param name="notes">What is kept with it.</param>
    /// <returns>Null if it has no others, which is so for most methods.</returns>
    public EntryDetails? DetailsOf(long created, long expires, long now, EntryNotes? notes) =>
        Sliding == 0 && StaleWindow == 0 && RefreshAhead == 0 && notes is null ? null : new EntryDetails
        {
            Expires = expires,
            Due = RefreshAhead == 0 ? long.MaxValue : created + (long)((expires - created) * RefreshAhead),
            RevalidateUntil = expires + StaleWhileRevalidate,
            ErrorUntil = expires + StaleIfError,
            Sliding = Sliding,
            IdleEnds = Sliding == 0 ? long.MaxValue : now + Sliding,
            TouchAt = now + (Sliding / 4),
            Notes = notes,
        };

    /// <summary>Until when a read of an entry needs no thought: never, if every read counts.</summary>
    public static long PromptUntil(long expires, EntryDetails? details) =>
        details is null ? expires : details.Sliding > 0 ? long.MinValue : Math.Min(expires, details.Due);

    private static bool IsTime(double seconds) => seconds > 0 && double.IsFinite(seconds);

    private static long Time(double? seconds, long atMost) => seconds is { } time && IsTime(time) ? Math.Min(Ticks(time), atMost) : 0;

    // Clamped before the conversion, which would overflow; MaxTtl brings it down further.
    private static long Ticks(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, CacheOptionsValidator.MaxSeconds)).Ticks;
}
