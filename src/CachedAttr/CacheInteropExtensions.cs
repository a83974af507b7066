using System.Text.Json;
using CachedAttr.Interop;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace CachedAttr;

/// <summary>A <see cref="Cache"/> as what other libraries ask for. See docs/interop.md.</summary>
public static class CacheInteropExtensions
{
    /// <summary>The cache as a <see cref="HybridCache"/>: the same keys and entries, with single flight, tags, and invalidation that cannot lose a race.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="defaults">For calls that say nothing of their own; <see langword="null"/>: the cache's <see cref="CacheOptions.DefaultTtl"/>, and no flags.</param>
    /// <param name="json">
    /// Writes types that have neither a generated serializer nor one of <see cref="CacheOptions.Serializers"/>. <see langword="null"/>: System.Text.Json by reflection, which
    /// a trimmed application has not; there, the options of a <c>JsonSerializerContext</c>.
    /// </param>
    /// <returns>A thread-safe object, to be made once; the cache stays its owner's to dispose.</returns>
    public static HybridCache AsHybridCache(this Cache cache, HybridCacheEntryOptions? defaults = null, JsonSerializerOptions? json = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return new HybridCacheAdapter(cache, defaults, json);
    }

    /// <summary>The cache's backend as an <see cref="IBufferDistributedCache"/>, with sliding and absolute expirations; without a backend, this process's memory.</summary>
    /// <param name="cache">The cache.</param>
    /// <returns>A thread-safe object, to be made once; the cache stays its owner's to dispose.</returns>
    /// <remarks>An item without an absolute expiration ends after <see cref="CacheOptions.MaxTtl"/> at the latest.</remarks>
    public static IBufferDistributedCache AsDistributedCache(this Cache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return new DistributedCacheAdapter(cache);
    }
}
