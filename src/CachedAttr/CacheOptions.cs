using CachedAttr.Backends;
using Microsoft.Extensions.Logging;

namespace CachedAttr;

/// <summary>The settings of a <see cref="Cache"/>. All durations are in seconds, as in the attributes.</summary>
/// <remarks>From configuration they are read from the section <c>CachedAttr</c>; there an unknown setting is refused. See docs/configuration.md.</remarks>
public sealed class CacheOptions
{
    /// <summary>Whether anything is cached; <see langword="true"/> by default. Live: when it is switched off, every call loads.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Time to live of methods that give none; 300 by default. Live, for entries stored afterwards.</summary>
    public double DefaultTtl { get; set; } = 300;

    /// <summary>The longest time to live; longer ones are shortened to it. 86,400 (a day) by default. Live, for entries stored afterwards.</summary>
    public double MaxTtl { get; set; } = 86_400;

    /// <summary>A load that takes longer than this is returned to its callers and not stored; 30 by default.</summary>
    public double LoadTimeout { get; set; } = 30;

    /// <summary>
    /// What happens when the backend fails: <see langword="true"/>, the default, and callers never notice, because values come from this process and from the
    /// loaders; <see langword="false"/>, and they get a <see cref="CacheBackendException"/>.
    /// </summary>
    public bool FailSilently { get; set; } = true;

    /// <summary>How many entries the local tier of one method holds at most; 10,000 by default. Least-worth entries go first (S3-FIFO).</summary>
    public int LocalCapacity { get; set; } = 10_000;

    /// <summary>The secret of keyed hashes (<see cref="SensitiveAttribute"/>). Missing: a random one for this process.</summary>
    public string? KeySecret { get; set; }

    /// <summary>
    /// Policies by name, for <see cref="CachedAttribute.Policy"/>. Live, for entries stored afterwards.
    /// </summary>
    public IDictionary<string, CachePolicy> Policies { get; } = new Dictionary<string, CachePolicy>(StringComparer.Ordinal);

    /// <summary>
    /// Overrides by method: <c>ServerService.GetServerAsync</c>, or with the namespace in front. A name that no cached method has is refused. Live.
    /// </summary>
    public IDictionary<string, CachePolicy> Methods { get; } = new Dictionary<string, CachePolicy>(StringComparer.Ordinal);

    /// <summary>The source of time; <see cref="TimeProvider.System"/> by default. Cannot be configured from a file.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the cache logs; nowhere by default, the host's logging with <c>AddCachedAttr</c>. Cannot be configured from a file.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
