using CachedAttr.Loading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace CachedAttr.AspNetCore;

/// <summary>Keeps responses in the cache: in this process and in its backend, until they are evicted by tag in any process.</summary>
/// <remarks>
/// A response is as old as the request that made it: if one of its tags is evicted while it is being made, it is not stored. To know when that began, a lookup that
/// finds nothing leaves a note in the request. Thread-safe.
/// </remarks>
internal sealed class OutputCacheStore(Cache cache, IHttpContextAccessor requests) : IOutputCacheStore
{
    private const string Prefix = "output:";

    private static readonly object Began = new();

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var (lookup, start) = await cache.FindOrStartAsync<byte[]>(Prefix + key, cancellationToken).ConfigureAwait(false);
        if (!lookup.Found && requests.HttpContext is { } request)
            request.Items[Began] = start;
        return lookup.Value;
    }

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        return requests.HttpContext?.Items[Began] is LoadStart start
            ? cache.StoreLoadedAsync(Prefix + key, value, validFor, tags ?? [], start)
            : cache.SetAsync(Prefix + key, value, validFor, tags, cancellationToken);
    }

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : cache.InvalidateTagAsync(tag);
}
