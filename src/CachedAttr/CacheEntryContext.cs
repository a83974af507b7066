using CachedAttr.Backends;
using CachedAttr.Local;

namespace CachedAttr;

/// <summary>
/// What a loader says of the value that it loads, and what it may know of the one before: a last parameter that <c>{Name}Core</c> may have and the cached
/// method has not. It is no part of the key.
/// </summary>
/// <typeparam name="TValue">The method's result.</typeparam>
/// <remarks>Belongs to one load; not safe for concurrent use.</remarks>
/// <example>
/// <code>
/// private async Task&lt;Feed&gt; GetFeedCoreAsync(Uri url, CacheEntryContext&lt;Feed&gt; entry, CancellationToken ct)
/// {
///     using var request = new HttpRequestMessage(HttpMethod.Get, url);
///     if (entry.ETag is { } tag)
///         request.Headers.IfNoneMatch.ParseAdd(tag);
///     using var response = await http.SendAsync(request, ct);
///     if (response.StatusCode == HttpStatusCode.NotModified)
///         return entry.NotModified();
///     entry.ETag = response.Headers.ETag?.ToString();
///     entry.Ttl = response.Headers.CacheControl?.MaxAge;
///     return await response.Content.ReadFromJsonAsync&lt;Feed&gt;(ct);
/// }
/// </code>
/// </example>
public sealed class CacheEntryContext<TValue>
{
    private readonly Previously? _previous;

    /// <summary>The context of a load of which nothing is known: for calls of a loader by hand, in tests for one.</summary>
    public CacheEntryContext()
    {
    }

    internal CacheEntryContext(Previously? previous, EntryNotes? notes)
    {
        _previous = previous;
        if (previous is null)
            return;
        ETag = notes?.ETag;
        LastModified = notes?.LastModified;
    }

    /// <summary>The value's time to live; <see langword="null"/>: the method's. At most <see cref="CacheOptions.MaxTtl"/>; zero or less: it is not stored.</summary>
    public TimeSpan? Ttl { get; set; }

    /// <summary>Whether the value is stored; <see langword="true"/> at first.</summary>
    public bool IsStored { get; set; } = true;

    /// <summary>Whether there is a value from before: the method keeps one past its time to live, and it has not been invalidated.</summary>
    public bool HasStale => _previous is not null;

    /// <summary>The value from before; the default if there is none.</summary>
    public TValue? Stale => _previous is null ? default : _previous.Value;

    /// <summary>The validator that is stored with the value (RFC 9110, 8.8.3); at first that of the value from before.</summary>
    public string? ETag { get; set; }

    /// <summary>When the source says that the value was changed (RFC 9110, 8.8.2); at first what it said of the value from before.</summary>
    public DateTimeOffset? LastModified { get; set; }

    /// <summary>The source says that the value from before still holds: it is stored again, with a new time to live.</summary>
    /// <returns>The value from before.</returns>
    /// <exception cref="InvalidOperationException">There is none (<see cref="HasStale"/>).</exception>
    public TValue NotModified() => _previous is not null
        ? _previous.Value
        : throw new InvalidOperationException("There is no value from before. Ask the source without a validator when HasStale is false.");

    /// <summary>A value from before.</summary>
    internal sealed record Previously(TValue Value);
}
