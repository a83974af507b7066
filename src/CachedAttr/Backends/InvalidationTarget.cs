using System.Runtime.InteropServices;

namespace CachedAttr.Backends;

/// <summary>What an invalidation names. The numbers are on the wire.</summary>
public enum InvalidationKind
{
    /// <summary>All keys that a pattern matches.</summary>
    Pattern = 0,

    /// <summary>One key.</summary>
    Key = 1,

    /// <summary>All entries with a tag.</summary>
    Tag = 2,
}

/// <summary>Something to be invalidated.</summary>
/// <param name="Kind">What <paramref name="Text"/> is.</param>
/// <param name="Text">A pattern, a key or a tag, without the prefix and in full.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct InvalidationTarget(InvalidationKind Kind, string Text);

/// <summary>An invalidation in the log.</summary>
/// <param name="Sequence">Its number, which only grows: microseconds since 1970 UTC by the backend's clock, or one more than the last.</param>
/// <param name="What">What is invalid.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LogRecord(long Sequence, InvalidationTarget What);
