using System.Diagnostics.Metrics;
using System.Reflection;
using CachedAttr.Backends;
using CachedAttr.Serialization;
using Microsoft.Extensions.Logging;

namespace CachedAttr;

/// <summary>The settings of a <see cref="Cache"/>. All durations are in seconds, as in the attributes.</summary>
/// <remarks>From configuration they are read from the section <c>CachedAttr</c>; there an unknown setting is refused. See docs/configuration.md.</remarks>
public sealed class CacheOptions
{
    /// <summary>The name of <see cref="Backend"/> that stands for none.</summary>
    internal const string MemoryOnly = "memory";

    private static readonly string DefaultPrefix = (Assembly.GetEntryAssembly()?.GetName().Name ?? "app") + ":";

    /// <summary>Whether anything is cached; <see langword="true"/> by default. Live: when it is switched off, every call loads.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Time to live of methods that give none; 300 by default. Live, for entries stored afterwards.</summary>
    public double DefaultTtl { get; set; } = 300;

    /// <summary>The longest time to live; longer ones are shortened to it. 86,400 (a day) by default. Live, for entries stored afterwards.</summary>
    public double MaxTtl { get; set; } = 86_400;

    /// <summary>A load that takes longer than this is returned to its callers and not stored; 30 by default. Live; a backend keeps to what it began with.</summary>
    public double MaxLoad { get; set; } = 30;

    /// <summary>How long a source is left alone after a load of a key has failed or was too slow, while a stale value can be served; 5 s by default. Live.</summary>
    public double RetryDelay { get; set; } = 5;

    /// <summary>
    /// What happens when the backend fails: <see langword="true"/>, the default, and callers never notice, because values come from this process and from the
    /// loaders; <see langword="false"/>, and they get a <see cref="CacheBackendException"/>.
    /// </summary>
    public bool FailSilently { get; set; } = true;

    /// <summary>How many entries the local tier of one method holds at most; 10,000 by default. Least-worth entries go first (S3-FIFO). Live.</summary>
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

    /// <summary>
    /// Which backend keeps values outside of this process, by a name that a package has registered: <c>memory</c>, the default, for none, <c>redis</c>,
    /// <c>database</c> or <c>file</c>.
    /// </summary>
    public string Backend { get; set; } = MemoryOnly;

    /// <summary>Makes the backend; wins over <see cref="Backend"/>. Cannot be configured from a file.</summary>
    public Func<BackendSettings, ICacheBackend>? BackendFactory { get; set; }

    /// <summary>
    /// Makes what takes over while the backend cannot be used; <see langword="null"/>: a <see cref="MemoryBackend"/> of 64 MB. Cannot be configured from a file.
    /// </summary>
    public Func<BackendSettings, ICacheBackend>? FallbackFactory { get; set; }

    /// <summary>
    /// Stands before everything in the backend: services that share a prefix share entries and invalidations, others see nothing of them. The name of the
    /// application and a colon by default.
    /// </summary>
    public string KeyPrefix { get; set; } = DefaultPrefix;

    /// <summary>How soon this process notices invalidations of others; <see cref="CacheCoherence.Bounded"/> by default.</summary>
    public CacheCoherence Coherence { get; set; }

    /// <summary>How often the backend's invalidation log is read even if nothing is heard of it; 1 s by default.</summary>
    public double HeartbeatInterval { get; set; } = 1;

    /// <summary>How long one call of the backend may take; 1 s by default.</summary>
    public double BackendTimeout { get; set; } = 1;

    /// <summary>The most bytes that one entry may have in the backend; 1 MB by default. A larger one stays in this process, and is logged.</summary>
    public int MaxEntrySize { get; set; } = 1024 * 1024;

    /// <summary>Payloads with more bytes are compressed (Brotli); <see langword="null"/>, the default: none.</summary>
    public int? CompressAbove { get; set; }

    /// <summary>
    /// Serializers in place of the generated ones: the first that knows a type is used for it. All processes that share a prefix need the same. Cannot be
    /// configured from a file.
    /// </summary>
    public IList<ICacheSerializerFactory> Serializers { get; } = [];

    /// <summary>The source of time; <see cref="TimeProvider.System"/> by default. Cannot be configured from a file.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the cache logs; nowhere by default, the host's logging with <c>AddCachedAttr</c>. Cannot be configured from a file.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Makes the cache's meter; the host's factory with <c>AddCachedAttr</c>. Cannot be configured from a file.</summary>
    public IMeterFactory? MeterFactory { get; set; }
}
