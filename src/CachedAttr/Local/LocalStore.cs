using System.Runtime.CompilerServices;

namespace CachedAttr.Local;

/// <summary>
/// A bounded hash table of entries: reads take no lock, write nothing shared and allocate nothing; everything else happens under <see cref="Gate"/>.
/// </summary>
/// <remarks>
/// Why a read without the lock is right. An entry is complete before it is published by a release write of the pointer that leads to it. Removing
/// an entry leaves its <c>Next</c> as it was, so a reader that stands on it goes on along the chain. Only growing relinks live entries; a reader that
/// meanwhile strays into another chain may miss its key, and every hop leads to an entry that was relinked earlier, so it ends. A miss is therefore
/// only a hint: the slow path looks again under the lock, where the answer is exact.
/// </remarks>
internal sealed class LocalStore<TKey, TValue>
    where TKey : IEquatable<TKey>
{
    private const int InitialBuckets = 16;

    private BucketTable<TKey, TValue> _table = new(InitialBuckets);
    private EvictionQueues<TKey, TValue> _queues;
    private int _capacity;

    public LocalStore(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _queues = new(capacity);
    }

    /// <summary>Held by whoever calls anything but <see cref="Find"/>.</summary>
    public Lock Gate { get; } = new();

    /// <summary>How many entries there are, expired ones not yet removed included.</summary>
    public int Count => _queues.Count;

    /// <summary>How many entries have been evicted for want of space.</summary>
    public long Evictions { get; private set; }

    /// <summary>The entry of a key, whatever its state; without the lock <see langword="null"/> is only a hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LocalEntry<TKey, TValue>? Find(TKey key)
    {
        for (var entry = _table.Head(key); entry is not null; entry = entry.Next)
        {
            if (entry.Key.Equals(key))
                return entry;
        }

        return null;
    }

    /// <summary>Stores an entry in the place of any other of the same key, and evicts one if that makes too many.</summary>
    public void Set(LocalEntry<TKey, TValue> entry)
    {
        if (Unlink(entry.Key) is { } old)
            _queues.Replace(old, entry);
        else
            _queues.Add(entry);
        Link(ref _table, entry);
        if (_queues.Count > _capacity)
            EvictOne();
        else if (_queues.Count > _table.Size)
            Rehash(_table.Size * 2);
    }

    /// <summary>Removes the entry of a key and returns it, or <see langword="null"/> if there was none.</summary>
    public LocalEntry<TKey, TValue>? Remove(TKey key)
    {
        var entry = Unlink(key);
        if (entry is not null)
            _queues.Remove(entry);
        return entry;
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        _queues = new(_capacity);
        _table.Become(new(InitialBuckets));
    }

    /// <summary>
    /// Removes the expired entries of some buckets, a few at a time so that nobody waits long for the lock. If the table grows in between, some are left for
    /// the next round.
    /// </summary>
    /// <returns>The bucket to go on with; 0 at the end.</returns>
    public int RemoveExpired(int firstBucket, int buckets, long now)
    {
        int end = Math.Min(firstBucket + buckets, _table.Size);
        for (int bucket = firstBucket; bucket < end; bucket++)
        {
            for (var entry = _table[bucket]; entry is not null; entry = entry.Next)
            {
                if (entry.Ends <= now)
                    Remove(entry.Key);
            }
        }

        return end < _table.Size ? end : 0;
    }

    /// <summary>Changes the bound, and evicts what is over it.</summary>
    public void Resize(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (capacity == _capacity)
            return;
        _capacity = capacity;
        var entries = Snapshot();
        _queues = new(capacity);
        foreach (var entry in entries)
            _queues.Add(entry);
        while (_queues.Count > capacity)
            EvictOne();
    }

    /// <summary>All entries at this moment, oldest first within each queue.</summary>
    public List<LocalEntry<TKey, TValue>> Snapshot()
    {
        var entries = new List<LocalEntry<TKey, TValue>>(_queues.Count);
        for (var entry = _queues.NewestSmall; entry is not null; entry = entry.Older)
            entries.Add(entry);
        for (var entry = _queues.NewestMain; entry is not null; entry = entry.Older)
            entries.Add(entry);
        entries.Reverse();
        return entries;
    }

    private void EvictOne()
    {
        var victim = _queues.Evict();
        Unlink(victim.Key);
        Evictions++;
    }

    private static void Link(ref BucketTable<TKey, TValue> table, LocalEntry<TKey, TValue> entry)
    {
        ref var head = ref table.Head(entry.Key);
        entry.Next = head;
        Volatile.Write(ref head, entry);
    }

    private LocalEntry<TKey, TValue>? Unlink(TKey key)
    {
        ref var link = ref _table.Head(key);
        while (link is not null)
        {
            if (link.Key.Equals(key))
            {
                var entry = link;
                Volatile.Write(ref link, entry.Next);
                return entry;
            }

            link = ref link.Next;
        }

        return null;
    }

    private void Rehash(int size)
    {
        var table = new BucketTable<TKey, TValue>(size);
        for (var entry = _queues.NewestSmall; entry is not null; entry = entry.Older)
            Link(ref table, entry);
        for (var entry = _queues.NewestMain; entry is not null; entry = entry.Older)
            Link(ref table, entry);
        _table.Become(table);
    }
}
