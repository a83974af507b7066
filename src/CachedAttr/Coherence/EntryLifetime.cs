using System.Runtime.InteropServices;

namespace CachedAttr.Coherence;

/// <summary>How long an entry is of use.</summary>
/// <param name="TimeToLive">Until its time to live ends.</param>
/// <param name="Kept">How long the backend keeps it: longer where a stale value may be served, shorter where it lives by being read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryLifetime(TimeSpan TimeToLive, TimeSpan Kept)
{
    /// <summary>Kept as long as it is served.</summary>
    public static implicit operator EntryLifetime(TimeSpan timeToLive) => new(timeToLive, timeToLive);
}
