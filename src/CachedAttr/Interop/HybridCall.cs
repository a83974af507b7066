using System.Runtime.InteropServices;
using CachedAttr.Loading;
using CachedAttr.Serialization;
using Microsoft.Extensions.Caching.Hybrid;

namespace CachedAttr.Interop;

/// <summary>What one call of a <see cref="HybridCache"/> asks for: its options over the defaults, in this library's terms.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct HybridCall
{
    public HybridCall(HybridCacheEntryOptions? options, HybridCacheEntryOptions? defaults)
    {
        var flags = options?.Flags ?? defaults?.Flags ?? HybridCacheEntryFlags.None;
        Ttl = options?.Expiration ?? defaults?.Expiration;
        if (Ttl is { } ttl && ttl <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), ttl, "Expiration must be positive; leave it out for the default.");
        var local = options?.LocalCacheExpiration ?? defaults?.LocalCacheExpiration;
        LocalTtl = flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheWrite) ? 0 : Math.Max(0, local?.Ticks ?? long.MaxValue);
        Scope = Of(flags, HybridCacheEntryFlags.DisableLocalCacheRead, ScopeKind.NoLocalRead)
            | Of(flags, HybridCacheEntryFlags.DisableDistributedCacheRead, ScopeKind.NoBackendRead)
            | Of(flags, HybridCacheEntryFlags.DisableDistributedCacheWrite, ScopeKind.NoBackendStore);
        IsLookup = flags.HasFlag(HybridCacheEntryFlags.DisableUnderlyingData);
        IsCompressed = !flags.HasFlag(HybridCacheEntryFlags.DisableCompression);
    }

    public TimeSpan? Ttl { get; }

    /// <summary>The longest time in this process, in ticks; 0: none.</summary>
    public long LocalTtl { get; }

    public ScopeKind Scope { get; }

    /// <summary>Whether nothing is loaded.</summary>
    public bool IsLookup { get; }

    public bool IsCompressed { get; }

    public LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> Load<TState, TValue>(
        TState state, Func<TState, CacheLoad<TValue>, ValueTask<TValue>> load, Func<TState, TValue, StoreRule> rule, ICacheSerializer<TValue>? serializer) =>
        new(state, load, rule, Ttl, serializer) { Scope = Scope, LocalTtl = LocalTtl };

    private static ScopeKind Of(HybridCacheEntryFlags flags, HybridCacheEntryFlags flag, ScopeKind scope) => flags.HasFlag(flag) ? scope : ScopeKind.None;
}
