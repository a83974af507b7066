using CachedAttr.Backends;

namespace CachedAttr.Telemetry;

/// <summary>One invalidation of the last ones.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Kind">What <paramref name="Text"/> is.</param>
/// <param name="Text">A pattern, a key or a tag.</param>
/// <param name="IsOwn">Whether this process has made it; others are those of the processes that share the log.</param>
/// <param name="Methods">How many of the methods called so far may have a key that it concerns; <see langword="null"/> for tags, which any value may carry.</param>
public sealed record CacheInvalidation(DateTimeOffset At, InvalidationKind Kind, string Text, bool IsOwn, int? Methods);
