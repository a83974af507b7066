namespace CachedAttr.Local;

/// <summary>
/// One cached value: a node of the hash chain and of an eviction queue at once, so that an entry is one object and a hit one dereference.
/// </summary>
/// <remarks>
/// Key, value and times never change after publication. <see cref="Next"/> and the queue links are written under the store's lock only;
/// readers follow <see cref="Next"/> without it (see <see cref="LocalStore{TKey, TValue}"/>).
/// </remarks>
internal sealed class LocalEntry<TKey, TValue>(TKey key, TValue value, long promptUntil, long stamp, EntryDetails? details = null)
{
    // The order counts: references come first, as they stand here, then numbers. What a hit reads is together, so that it is in one line of the processor's cache or in two.

    /// <summary>What the entry has beyond a time to live; null for most.</summary>
    public readonly EntryDetails? Details = details;

    public LocalEntry<TKey, TValue>? Newer;
    public LocalEntry<TKey, TValue>? Older;
    public LocalEntry<TKey, TValue>? Next;

    public readonly TValue Value = value;
    private Task<TValue>? _task;

    /// <summary>
    /// The clock's tick from which on a read has to think: the value is over, or <see cref="Details"/> say what else is to be done.
    /// </summary>
    public readonly long PromptUntil = promptUntil;

    private long _stamp = stamp;

    public readonly TKey Key = key;

    // In units of 10 ms, because there are four bytes left beside the two below.
    private readonly uint _created;

    /// <summary>Where in the queues the entry is; written under the store's lock.</summary>
    public EvictionSegment Segment;

    /// <summary>Reads since the entry was last considered for eviction, up to <see cref="MaxFrequency"/>. Racy on purpose: a lost count costs nothing that matters.</summary>
    public byte Frequency;

    /// <summary>
    /// The point of the invalidation log up to which the entry is known to be valid. It may be raised by readers that have checked the entry; when two
    /// of them race, the lower value may win, which costs one more check and is never wrong.
    /// </summary>
    public long Stamp
    {
        get => Volatile.Read(ref _stamp);
        set => Volatile.Write(ref _stamp, value);
    }

    /// <summary>The clock's tick at which the value was loaded.</summary>
    public long Created
    {
        init => _created = unchecked((uint)(value / CreatedUnit));
    }

    /// <summary>How long ago the value was loaded, as long as that is less than a year.</summary>
    public TimeSpan Age(long now) => TimeSpan.FromTicks(unchecked((uint)(now / CreatedUnit) - _created) * CreatedUnit);

    /// <summary>The clock's tick at which its time to live ends.</summary>
    public long Expires => Details?.Expires ?? PromptUntil;

    /// <summary>The clock's tick from which on it is of no use at all.</summary>
    public long Ends => Details?.Ends ?? PromptUntil;

    /// <summary>The tags that it carries.</summary>
    public IReadOnlyList<string> Tags => Details?.Notes?.Tags ?? [];

    /// <summary>What may be done with it at a moment.</summary>
    public EntryAge AgeAt(long now) => Details?.AgeAt(now) ?? (now < PromptUntil ? EntryAge.Fresh : EntryAge.Over);

    /// <summary>The value as a completed task, made once by the first reader that wants one (two racing readers may each make one).</summary>
    public Task<TValue> AsTask() => _task ?? MakeTask();

    private Task<TValue> MakeTask() => _task = Task.FromResult(Value);

    /// <summary>Counts a read. The comparison keeps hot entries from being written at all, so that their cache line stays shared.</summary>
    public void Touch()
    {
        if (Frequency < MaxFrequency)
            Frequency++;
    }

    // With three, what was popular once stays too long; with one, what is popular goes too soon (docs/performance.md).
    private const byte MaxFrequency = 2;
    private const long CreatedUnit = 10 * TimeSpan.TicksPerMillisecond;
}

/// <summary>The queue an entry is in.</summary>
internal enum EvictionSegment : byte
{
    /// <summary>In none: not stored yet, or removed.</summary>
    None,

    /// <summary>On probation.</summary>
    Small,

    /// <summary>Proven to be read again.</summary>
    Main,
}
