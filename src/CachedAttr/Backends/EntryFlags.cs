namespace CachedAttr.Backends;

/// <summary>How the payload of an entry is to be read. A reader that does not know a flag must take the entry for a miss.</summary>
[Flags]
public enum EntryFlags
{
    /// <summary>As it is.</summary>
    None = 0,

    /// <summary>It is compressed.</summary>
    Compressed = 1,

    /// <summary>All flags that this version reads.</summary>
    Known = Compressed,
}
