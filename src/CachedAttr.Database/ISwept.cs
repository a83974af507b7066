using System.Runtime.InteropServices;
using CachedAttr.Backends;

namespace CachedAttr.Database;

/// <summary>What the <see cref="Sweeper"/> needs of a database. Every call is one short transaction.</summary>
internal interface ISwept
{
    string Location { get; }

    /// <summary>Takes the lease that one process of all has; it is the sweeper until it lets it end.</summary>
    ValueTask<IBackendLock?> LeaseAsync(TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Writes down that entries were read.</summary>
    ValueTask TouchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Removes some entries whose time is over, and returns how many there were.</summary>
    ValueTask<int> RemoveExpiredAsync(int most, CancellationToken cancellationToken);

    /// <summary>Counts the entries and their bytes, and writes both down for the status of all processes.</summary>
    ValueTask<StoredSize> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Removes some of the entries that have not been read for the longest time, and returns what was removed.</summary>
    ValueTask<StoredSize> RemoveOldestAsync(int most, CancellationToken cancellationToken);
}

/// <summary>How much there is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredSize(long Entries, long Bytes);
