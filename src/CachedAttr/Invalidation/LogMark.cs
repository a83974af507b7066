using System.Runtime.InteropServices;

namespace CachedAttr.Invalidation;

/// <summary>Where the log was when something was asked for.</summary>
/// <param name="Head">The highest number that had been given out.</param>
/// <param name="Own">How many of the numbers this process had given out itself.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LogMark(long Head, long Own);
