namespace CachedAttr.Local;

/// <summary>
/// Decides which entry goes when a store is full: S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023).
/// </summary>
/// <remarks>
/// New entries are on probation in a small queue, a tenth of the capacity; those read again move to the main queue, where each read buys
/// another round; keys that left the small queue unread are remembered as ghosts and come back to the main queue directly.
/// Not thread-safe: the store calls it under its lock.
/// </remarks>
internal sealed class EvictionQueues<TKey, TValue>(int capacity)
    where TKey : IEquatable<TKey>
{
    private readonly int _smallCapacity = Math.Max(1, capacity / 10);
    private readonly GhostTable _ghosts = new(capacity - Math.Max(1, capacity / 10));
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
        if (_ghosts.Contains(Hash(entry.Key)))
            _main.Add(entry, EvictionSegment.Main);
        else
            _small.Add(entry, EvictionSegment.Small);
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
        var entry = _small.Oldest!;
        _small.Remove(entry);
        if (entry.Frequency > 0)
        {
            entry.Frequency = 0;
            _main.Add(entry, EvictionSegment.Main);
            return null;
        }

        _ghosts.Add(Hash(entry.Key));
        return entry;
    }

    // Fibonacci hashing (Knuth, TAOCP 3, 6.4): the hash codes of numbers are the numbers, and the ghosts' sets are chosen by the low bits.
    private static uint Hash(TKey key)
    {
        uint hash = (uint)key.GetHashCode() * 0x9E3779B9u;
        return hash ^ (hash >> 15);
    }

    private LocalEntry<TKey, TValue>? EvictMain()
    {
        var entry = _main.Oldest!;
        _main.Remove(entry);
        if (entry.Frequency == 0)
            return entry;

        entry.Frequency--;
        _main.Add(entry, EvictionSegment.Main);
        return null;
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
