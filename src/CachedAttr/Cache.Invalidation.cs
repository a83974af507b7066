using CachedAttr.Keys;
using CachedAttr.Loading;

namespace CachedAttr;

/// <content>Invalidation.</content>
public sealed partial class Cache
{
    /// <summary>
    /// Invalidates every entry that one of the patterns matches. What was loaded before this call is not served after it, not even if its load ends
    /// later. The cost does not depend on how many entries there are.
    /// </summary>
    /// <param name="patterns">Globs, see <see cref="InvalidateCacheAttribute"/>; a pattern without wildcards is one key.</param>
    /// <returns>A task that ends when the invalidation holds.</returns>
    /// <exception cref="ArgumentException">A pattern is malformed.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask InvalidateAsync(params ReadOnlySpan<string> patterns)
    {
        Invalidate(patterns);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="InvalidateAsync"/>
    public void Invalidate(params ReadOnlySpan<string> patterns)
    {
        ThrowIfDisposed();
        foreach (string text in patterns)
        {
            var pattern = KeyPattern.Parse(text);
            if (pattern.IsExact)
                RemoveExact(pattern.LiteralPrefix);
            else
                Append(pattern);
        }
    }

    /// <summary>Removes the entries of the given keys. Loads of them that are in progress are returned to their callers and not stored.</summary>
    /// <param name="keys">The keys as they are: wildcards have no meaning here.</param>
    /// <returns>How many of them had a valid entry in this process.</returns>
    /// <exception cref="ArgumentException">A key is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask<long> RemoveAsync(params ReadOnlySpan<string> keys) => new(Remove(keys));

    /// <inheritdoc cref="RemoveAsync"/>
    public long Remove(params ReadOnlySpan<string> keys)
    {
        long removed = 0;
        foreach (string key in keys)
        {
            CheckKey(key);
            if (RemoveExact(key))
                removed++;
        }

        return removed;
    }

    /// <summary>Invalidates what a pattern matches and removes it physically, which frees its memory and looks at every entry.</summary>
    /// <param name="pattern">A glob; <c>*</c> for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many valid entries were removed.</returns>
    /// <exception cref="ArgumentException">The pattern is malformed.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask<long> ClearAsync(string pattern = "*", CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<long>(cancellationToken);
        var parsed = KeyPattern.Parse(pattern);
        long removed = 0;
        foreach (var region in Regions.All)
            removed += region.Clear(parsed);

        // Afterwards, for the loads in progress, and for what was stored meanwhile.
        Append(parsed);
        return new(removed);
    }

    private void Append(KeyPattern pattern)
    {
        long sequence = Log.Append(pattern);
        foreach (var region in Regions.All)
            region.Require(pattern, sequence);
    }

    private bool RemoveExact(string key)
    {
        Log.AppendExact();
        bool removed = false;
        IReadOnlyList<CacheRegion> regions;
        do
        {
            regions = Regions.All;
            foreach (var region in regions)
                removed |= region.Remove(key);
        }
        while (!ReferenceEquals(regions, Regions.All)); // a region that is new may have taken the entry over
        return removed;
    }
}
