using System.IO.MemoryMappedFiles;

namespace CachedAttr.Consistency;

/// <summary>
/// The source of truth of all processes: a version for each item, in memory that they share, and what has been invalidated of it. Each item has one process that
/// writes it, so that every number is written by one thread at a time.
/// </summary>
/// <remarks>A process that dies leaves what it has written.</remarks>
public sealed unsafe class Truth : IDisposable
{
    /// <summary>How many groups of items there are.</summary>
    public const int Groups = 8;

    /// <summary>How many items a group has.</summary>
    public const int Items = 16;

    /// <summary>How many items there are.</summary>
    public const int Count = Groups * Items;

    private const int Fields = 8; // a cache line an item
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _base;

    /// <summary>Opens the file, and makes it if it is not there.</summary>
    public Truth(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Count * Fields * sizeof(long));
        _view = _file.CreateViewAccessor();
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _base = (long*)pointer;
    }

    /// <summary>The item's present version.</summary>
    public long Read(int item) => Volatile.Read(ref At(item, 0));

    /// <summary>Makes a new version.</summary>
    public long Update(int item) => Interlocked.Increment(ref At(item, 0));

    /// <summary>Notes that an invalidation has returned, of everything before a version.</summary>
    /// <param name="item">The item.</param>
    /// <param name="version">Older ones are invalid.</param>
    /// <param name="sequence">The number of the invalidation in the shared log; 0 if it has none yet.</param>
    /// <param name="at">When it returned, by the clock that all processes of a machine share.</param>
    public void Invalidated(int item, long version, long sequence, long at)
    {
        Interlocked.Increment(ref At(item, 1)); // odd: being written
        if (sequence != 0)
        {
            Volatile.Write(ref At(item, 2), version);
            Volatile.Write(ref At(item, 3), sequence);
            Volatile.Write(ref At(item, 4), at);
        }

        Volatile.Write(ref At(item, 5), version);
        Interlocked.Increment(ref At(item, 1));
    }

    /// <summary>The last invalidation with a number: versions below are invalid for who has followed the log to it.</summary>
    public (long Version, long Sequence, long At) LastInvalidation(int item)
    {
        while (true)
        {
            long before = Volatile.Read(ref At(item, 1));
            var read = (Volatile.Read(ref At(item, 2)), Volatile.Read(ref At(item, 3)), Volatile.Read(ref At(item, 4)));
            Interlocked.MemoryBarrier();
            if (before % 2 == 0 && before == Volatile.Read(ref At(item, 1)))
                return read;
            if (before % 2 == 1)
                return default; // its writer may have died here; the next write mends it
        }
    }

    /// <summary>What every process has to serve at the end: the version of the last invalidation that has returned.</summary>
    public long Promised(int item) => Volatile.Read(ref At(item, 5));

    /// <summary>Makes the item's notes readable again after its writer has died in the middle.</summary>
    public void Mend(int item)
    {
        if (Volatile.Read(ref At(item, 1)) % 2 == 1)
            Interlocked.Increment(ref At(item, 1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private ref long At(int item, int field) => ref _base[(item * Fields) + field];
}
