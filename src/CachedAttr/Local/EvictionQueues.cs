namespace CachedAttr.Local;

/// <summary>
/// Decides which entry goes when a store is full: S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023), with shares that follow
/// what is asked for, as in ARC (Megiddo, Modha, "ARC: a self-tuning, low overhead replacement cache", FAST 2003).
/// </summary>
/// <remarks>
/// New entries are on probation in a small queue; those read again move to the main queue, where each read buys another round. Keys that left either queue
/// are remembered for a while as ghosts. One that comes back soon goes to the main queue (a ghost of the small one only if the main queue's oldest entry was not
/// read, which would have to make room), and the queue that it had left too early gets a larger share: the small one where things are read again after a
/// while (recency), the main one where the same things are read for long (frequency). While there is room,
/// what leaves the small queue goes on to the main one, so that the main queue is full when the store is: of a loop over more keys than there is room
/// for, what came first then stays, where every queue alone would lose each key just before it is asked for. What all of that is worth: docs/performance.md.
/// Not thread-safe: the store calls it under its lock.
/// </remarks>
internal sealed class EvictionQueues<TKey, TValue>(int capacity)
    where TKey : IEquatable<TKey>
{
    private readonly GhostTable _ghostsOfSmall = new(capacity);
    private readonly GhostTable _ghostsOfMain = new(capacity);

    /// <summary>By how much a ghost that comes back changes the shares: a thousand of them turn them over.</summary>
    private readonly int _step = Math.Max(1, capacity / 1000);
    private readonly int _leastSmall = Math.Max(1, capacity / 100);
    private readonly int _mostSmall = Math.Max(1, capacity - (capacity / 10));
    private int _smallCapacity = Math.Max(1, capacity / 10);
    private EvictionQueue<TKey, TValue> _small;
    private EvictionQueue<TKey, TValue> _main;

    public int Count => _small.Count + _main.Count;

    /// <summary>The newest entry of each queue, from which all entries can be reached along <see cref="LocalEntry{TKey, TValue}.Older"/>.</summary>
    public LocalEntry<TKey, TValue>? NewestSmall => _small.Newest;

    /// <inheritdoc cref="NewestSmall"/>
    public LocalEntry<TKey, TValue>? NewestMain => _main.Newest;

    /// <summary>Takes in a new entry.</summary>
    public void Add(LocalEntry<TKey, TValue> entry)
    {
        // Of the small queue's ghosts those count that it would still have if it were all there is: the larger it is, the fewer can have left it too early.
        uint hash = Hash(entry.Key);
        if (_ghostsOfSmall.Take(hash, capacity - _smallCapacity))
        {
            _smallCapacity = Math.Min(_smallCapacity + _step, _mostSmall);
            if (KeepsOldest())
                _small.Add(entry, EvictionSegment.Small);
            else
                _main.Add(entry, EvictionSegment.Main);
        }
        else if (_ghostsOfMain.Take(hash, capacity))
        {
            _smallCapacity = Math.Max(_smallCapacity - _step, _leastSmall);
            _main.Add(entry, EvictionSegment.Main);
        }
        else
        {
            _small.Add(entry, EvictionSegment.Small);
        }

        if (_small.Count > _smallCapacity && Count <= capacity)
            _main.Add(_small.RemoveOldest(), EvictionSegment.Main);
    }

    /// <summary>Puts an entry in the place of an older one with the same key, which keeps what it has earned.</summary>
    public void Replace(LocalEntry<TKey, TValue> old, LocalEntry<TKey, TValue> entry)
    {
        entry.Frequency = old.Frequency;
        if (old.Segment == EvictionSegment.Main)
            _main.Add(entry, EvictionSegment.Main);
        else
            _small.Add(entry, EvictionSegment.Small);
        Remove(old);
    }

    public void Remove(LocalEntry<TKey, TValue> entry)
    {
        if (entry.Segment == EvictionSegment.Main)
            _main.Remove(entry);
        else if (entry.Segment == EvictionSegment.Small)
            _small.Remove(entry);
    }

    /// <summary>Takes the least worthy entry out of the queues and returns it.</summary>
    public LocalEntry<TKey, TValue> Evict()
    {
        while (true)
        {
            var victim = _small.Count > _smallCapacity || _main.Count == 0 ? EvictSmall() : EvictMain();
            if (victim is not null)
                return victim;
        }
    }

    private LocalEntry<TKey, TValue>? EvictSmall()
    {
        var entry = _small.RemoveOldest();
        if (entry.Frequency > 0)
        {
            entry.Frequency = 0;
            _main.Add(entry, EvictionSegment.Main);
            return null;
        }

        _ghostsOfSmall.Add(Hash(entry.Key));
        return entry;
    }

    private LocalEntry<TKey, TValue>? EvictMain()
    {
        if (KeepsOldest())
            return null;
        var entry = _main.RemoveOldest();
        _ghostsOfMain.Add(Hash(entry.Key));
        return entry;
    }

    /// <summary>Gives the main queue's oldest entry another round, if it was read in the last one.</summary>
    private bool KeepsOldest()
    {
        if (_main.Oldest is not { Frequency: > 0 } oldest)
            return false;
        oldest.Frequency--;
        _main.Remove(oldest);
        _main.Add(oldest, EvictionSegment.Main);
        return true;
    }

    // Fibonacci hashing (Knuth, TAOCP 3, 6.4): the hash codes of numbers are the numbers, and the ghosts' sets are chosen by the low bits.
    private static uint Hash(TKey key)
    {
        uint hash = (uint)key.GetHashCode() * 0x9E3779B9u;
        return hash ^ (hash >> 15);
    }
}

/// <summary>A first-in-first-out queue linked through its entries, from which any entry can be taken in constant time.</summary>
internal struct EvictionQueue<TKey, TValue>
{
    public LocalEntry<TKey, TValue>? Newest { get; private set; }

    public LocalEntry<TKey, TValue>? Oldest { get; private set; }

    public int Count { get; private set; }

    public void Add(LocalEntry<TKey, TValue> entry, EvictionSegment segment)
    {
        entry.Segment = segment;
        entry.Older = Newest;
        entry.Newer = null;
        if (Newest is null)
            Oldest = entry;
        else
            Newest.Newer = entry;
        Newest = entry;
        Count++;
    }

    /// <summary>Takes out the oldest entry, of one that is not empty.</summary>
    public LocalEntry<TKey, TValue> RemoveOldest()
    {
        var oldest = Oldest!;
        Remove(oldest);
        return oldest;
    }

    public void Remove(LocalEntry<TKey, TValue> entry)
    {
        if (entry.Newer is null)
            Newest = entry.Older;
        else
            entry.Newer.Older = entry.Older;
        if (entry.Older is null)
            Oldest = entry.Newer;
        else
            entry.Older.Newer = entry.Newer;
        entry.Newer = entry.Older = null;
        entry.Segment = EvictionSegment.None;
        Count--;
    }
}
