using System.Collections.Concurrent;

namespace CachedAttr.Database;

/// <summary>Which entries were read, to be written down together: a write for every read would cost more than the read.</summary>
internal sealed class ReadTimes(TimeSpan resolution)
{
    // More than that many different ones between two sweeps are not noted: those are then not told apart.
    private const int Capacity = 100_000;

    private readonly long _resolution = (long)resolution.TotalMicroseconds;
    private ConcurrentDictionary<string, bool> _read = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Notes a read, unless one that is recent enough is written down already.</summary>
    /// <param name="key">The key in the database.</param>
    /// <param name="written">The last read that is written down, in microseconds.</param>
    /// <param name="now">The present, in microseconds.</param>
    public void Note(string key, long written, long now)
    {
        if (now - written >= _resolution && Volatile.Read(ref _count) < Capacity && _read.TryAdd(key, true))
            Interlocked.Increment(ref _count);
    }

    /// <summary>What was noted since the last call.</summary>
    public ICollection<string> Take()
    {
        if (Volatile.Read(ref _count) == 0)
            return [];
        Volatile.Write(ref _count, 0);
        return Interlocked.Exchange(ref _read, new(StringComparer.Ordinal)).Keys;
    }
}
