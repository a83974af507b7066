namespace CachedAttr.Backends;

/// <summary>How the payload of an entry is to be read. A reader that does not know a flag must take the entry for a miss.</summary>
[Flags]
public enum EntryFlags
{
    /// <summary>As it is.</summary>
    None = 0,

    /// <summary>It is compressed.</summary>
    Compressed = 1,

    /// <summary>It is a counter (<see cref="CounterEntry"/>), which changes without a record in the log: nobody keeps a copy of it in memory.</summary>
    Counter = 2,

    /// <summary>There is none: the key was invalidated, and what was loaded before is not to be stored.</summary>
    Tombstone = 4,

    /// <summary>It comes from a fallback, where no tombstone keeps older loads out. Set on the way out of it; never stored.</summary>
    Unguarded = 8,

    /// <summary>All flags that this version reads.</summary>
    Known = Compressed | Counter | Tombstone | Unguarded,
}
