using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Keys;

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
        if (Backend is null)
        {
            Invalidate(patterns);
            return ValueTask.CompletedTask;
        }

        return patterns.IsEmpty ? ValueTask.CompletedTask : Backend.InvalidateAsync(Parse(patterns), BackendCall.Async());
    }

    /// <inheritdoc cref="InvalidateAsync"/>
    public void Invalidate(params ReadOnlySpan<string> patterns)
    {
        var parsed = Parse(patterns);
        if (Backend is null)
            InvalidateHere(parsed);
        else if (parsed.Length > 0)
            Ended(Backend.InvalidateAsync(parsed, BackendCall.Synchronous));
    }

    /// <summary>
    /// Invalidates every entry that carries one of the tags. What was loaded before this call is not served after it, not even if its load ends later.
    /// The cost does not depend on how many entries there are.
    /// </summary>
    /// <param name="tags">Tags as they are: wildcards have no meaning here.</param>
    /// <returns>A task that ends when the invalidation holds.</returns>
    /// <exception cref="ArgumentException">A tag is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask InvalidateTagAsync(params ReadOnlySpan<string> tags)
    {
        if (Backend is null)
        {
            InvalidateTag(tags);
            return ValueTask.CompletedTask;
        }

        return tags.IsEmpty ? ValueTask.CompletedTask : Backend.InvalidateAsync(ParseKeys(tags, InvalidationKind.Tag), BackendCall.Async());
    }

    /// <inheritdoc cref="InvalidateTagAsync"/>
    public void InvalidateTag(params ReadOnlySpan<string> tags)
    {
        var parsed = ParseKeys(tags, InvalidationKind.Tag);
        if (Backend is null)
            InvalidateHere(parsed);
        else if (parsed.Length > 0)
            Ended(Backend.InvalidateAsync(parsed, BackendCall.Synchronous));
    }

    /// <summary>Removes the entries of the given keys. Loads of them that are in progress are returned to their callers and not stored.</summary>
    /// <param name="keys">The keys as they are: wildcards have no meaning here.</param>
    /// <returns>How many of them had a valid entry in this process.</returns>
    /// <exception cref="ArgumentException">A key is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask<long> RemoveAsync(params ReadOnlySpan<string> keys)
    {
        var parsed = ParseKeys(keys);
        return Backend is null || keys.IsEmpty ? new(Remove(keys)) : RemoveSharedAsync(parsed, BackendCall.Async());
    }

    /// <inheritdoc cref="RemoveAsync"/>
    public long Remove(params ReadOnlySpan<string> keys)
    {
        var parsed = ParseKeys(keys);
        if (Backend is not null)
            return keys.IsEmpty ? 0 : Ended(RemoveSharedAsync(parsed, BackendCall.Synchronous));
        long removed = 0;
        History.Own(parsed, echoes: false);
        foreach (var key in parsed)
        {
            Log.AppendExact();
            removed += Regions.Remove(key.Text, long.MaxValue) ? 1 : 0;
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
        return Backend is null ? new(ClearHere(parsed)) : ClearSharedAsync(parsed, Backend, cancellationToken);
    }

    /// <summary>Carries invalidations out in this process, under numbers of its own log.</summary>
    /// <returns>The last number.</returns>
    internal long InvalidateHere(IReadOnlyList<InvalidationTarget> what)
    {
        if (Backend is null)
            History.Own(what, echoes: false);
        foreach (var one in what)
        {
            if (one.Kind == InvalidationKind.Key)
            {
                Log.TakeIn(one.Text, Log.AppendExact());
                Regions.Remove(one.Text, long.MaxValue);
            }
            else if (one.Kind == InvalidationKind.Tag)
            {
                AppendTag(one.Text);
            }
            else
            {
                Append(KeyPattern.Parse(one.Text));
            }
        }

        return Log.Head;
    }

    private void Append(KeyPattern pattern)
    {
        long sequence = Log.Append(pattern);
        if (sequence == 0)
            Regions.DropAll(); // a thousand patterns while the backend is away: from here on each costs everything
        else
            Regions.Require(pattern, sequence);
    }

    private void AppendTag(string tag)
    {
        long sequence = Log.AppendTag(tag);
        if (sequence == 0)
            Regions.DropAll();
        else
            Regions.RequireTags(sequence);
    }

    private long ClearHere(KeyPattern pattern)
    {
        History.Own([new(InvalidationKind.Pattern, pattern.ToString())], echoes: false);
        long removed = 0;
        foreach (var region in Regions.All)
            removed += region.Clear(pattern);

        // Afterwards, for the loads in progress, and for what was stored meanwhile.
        Append(pattern);
        return removed;
    }

    private async ValueTask<long> ClearSharedAsync(KeyPattern pattern, BackendTier backend, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var region in Regions.All)
            region.CollectKeys(pattern, keys);
        await backend.InvalidateAsync([new(InvalidationKind.Pattern, pattern.ToString())], BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        foreach (var region in Regions.All)
            region.Clear(pattern);
        await backend.RemoveAsync(pattern, keys, cancellationToken).ConfigureAwait(false);
        return keys.Count;
    }

    private async ValueTask<long> RemoveSharedAsync(IReadOnlyList<InvalidationTarget> keys, BackendCall call)
    {
        long found = 0;
        foreach (var key in keys)
            found += Regions.Find(key.Text, typeof(void)).RemainingTtl(key.Text) is null ? 0 : 1;
        await Backend!.InvalidateAsync(keys, call).ConfigureAwait(false);
        return found;
    }

    private InvalidationTarget[] Parse(ReadOnlySpan<string> patterns)
    {
        ThrowIfDisposed();
        var parsed = new InvalidationTarget[patterns.Length];
        for (int i = 0; i < parsed.Length; i++)
        {
            var pattern = KeyPattern.Parse(patterns[i]);
            parsed[i] = pattern.IsExact ? new(InvalidationKind.Key, pattern.LiteralPrefix) : new(InvalidationKind.Pattern, patterns[i]);
        }

        return parsed;
    }

    private InvalidationTarget[] ParseKeys(ReadOnlySpan<string> keys, InvalidationKind kind = InvalidationKind.Key)
    {
        var parsed = new InvalidationTarget[keys.Length];
        for (int i = 0; i < parsed.Length; i++)
        {
            CheckKey(keys[i]);
            parsed[i] = new(kind, keys[i]);
        }

        return parsed;
    }

    // Calls without tasks have ended when they return.
    private static void Ended(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    private static T Ended<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
