using CachedAttr.Backends;

namespace CachedAttr.Local;

/// <summary>The times of an entry that has more than one, and what else is known of it. All times are ticks of the cache's clock.</summary>
internal sealed class EntryDetails
{
    private long _idleEnds = long.MaxValue;
    private long _retryAt = long.MinValue;
    private long _touchAt;

    /// <summary>The end of the time to live.</summary>
    public required long Expires { get; init; }

    /// <summary>From when on a read starts a refresh; <see cref="long.MaxValue"/> for never.</summary>
    public long Due { get; init; } = long.MaxValue;

    /// <summary>Until when it is served, stale, while a load refreshes it.</summary>
    public long RevalidateUntil { get; init; }

    /// <summary>Until when it is served, stale, if a load fails.</summary>
    public long ErrorUntil { get; init; }

    /// <summary>How long it lives without a read; 0: no matter.</summary>
    public long Sliding { get; init; }

    /// <summary>Tags and validators; null for none.</summary>
    public EntryNotes? Notes { get; init; }

    /// <summary>When it ends unless it is read before. Written by every reader; that a lower value may win a race costs a few milliseconds.</summary>
    public long IdleEnds
    {
        get => Volatile.Read(ref _idleEnds);
        set => Volatile.Write(ref _idleEnds, value);
    }

    /// <summary>Until when no further refresh is begun, because one has failed.</summary>
    public long RetryAt
    {
        get => Volatile.Read(ref _retryAt);
        set => Volatile.Write(ref _retryAt, value);
    }

    /// <summary>When the backend is to be told next that a sliding entry is in use. Written under the store's lock; read without it, it is a hint.</summary>
    public long TouchAt
    {
        get => Volatile.Read(ref _touchAt);
        set => Volatile.Write(ref _touchAt, value);
    }

    /// <summary>From when on it is of no use at all.</summary>
    public long Ends => Math.Min(IdleEnds, Math.Max(Expires, Math.Max(RevalidateUntil, ErrorUntil)));

    /// <summary>What may be done with the entry at a moment.</summary>
    public EntryAge AgeAt(long now) =>
        now >= Ends ? EntryAge.Over
        : now < Math.Min(Due, Expires) ? EntryAge.Fresh
        : now < Expires ? EntryAge.Due
        : now < RevalidateUntil ? EntryAge.Stale
        : EntryAge.LastResort;
}

/// <summary>What may be done with an entry, in the order in which it ages.</summary>
internal enum EntryAge
{
    /// <summary>It is served.</summary>
    Fresh,

    /// <summary>It is served, and a load refreshes it ahead of its end.</summary>
    Due,

    /// <summary>Its time to live is over; it is served while a load refreshes it.</summary>
    Stale,

    /// <summary>It is served only if a load fails, or takes too long.</summary>
    LastResort,

    /// <summary>It is not served.</summary>
    Over,
}
