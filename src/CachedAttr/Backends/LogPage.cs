using System.Runtime.InteropServices;

namespace CachedAttr.Backends;

/// <summary>Up to where a log has been followed.</summary>
/// <param name="Epoch">Which log: a lost one is followed by another with another number, never 0.</param>
/// <param name="Sequence">All records up to this number are known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LogPosition(long Epoch, long Sequence)
{
    /// <summary>Of who has not begun.</summary>
    public static LogPosition None => default;
}

/// <summary>A stretch of the invalidation log.</summary>
public sealed record LogPage
{
    /// <summary>The log that this is of.</summary>
    public required long Epoch { get; init; }

    /// <summary>The page has all records with greater numbers than this; 0 if the position that was asked for is of another epoch.</summary>
    public required long After { get; init; }

    /// <summary>
    /// The page has all records up to this number, and no later record will have a number that is not greater. At the log's end it is the backend's present.
    /// </summary>
    public required long UpTo { get; init; }

    /// <summary>The records, each invalidation at its latest number, by number.</summary>
    public required IReadOnlyList<LogRecord> Records { get; init; }

    /// <summary>Whether there are more records: the log is to be read again, from <see cref="UpTo"/>.</summary>
    public bool HasMore { get; init; }

    /// <summary>The number of the last record that the call has appended; 0 if it has appended none.</summary>
    public long Appended { get; init; }

    /// <summary>Patterns and tags up to this number may have been forgotten: what carries an older stamp counts as invalid.</summary>
    public long Floor { get; init; }

    /// <summary>Exact keys up to this number may have been forgotten: who had not followed so far drops what it holds in memory.</summary>
    public long KeyFloor { get; init; }

    /// <summary>The backend's time, in microseconds since 1970 UTC; 0 if it was not asked for.</summary>
    public long Time { get; init; }

    /// <summary>Whether the log is to be read again at once, from <see cref="UpTo"/>, though the page is complete: so that it is known that this one was taken in.</summary>
    internal bool IsToBeConfirmed { get; init; }

    /// <summary>The position of who knows this page.</summary>
    public LogPosition End => new(Epoch, UpTo);
}
