using CachedAttr.Backends;
using CachedAttr.Keys;

namespace CachedAttr.Coherence;

/// <summary>What a process holds, as far as a log concerns it. Sequence numbers are those of the process's own log.</summary>
internal interface IFollowedStores
{
    /// <summary>A pattern was taken into the log: what has an older stamp is to be checked.</summary>
    void Require(KeyPattern pattern, long sequence);

    /// <summary>A tag was taken into the log: what carries tags and has an older stamp is to be checked.</summary>
    void RequireTags(long sequence);

    /// <summary>Removes what is under a key and has an older stamp, and keeps loads with one from being stored.</summary>
    bool Remove(string key, long sequence);

    /// <summary>A record was taken in, whatever it concerns.</summary>
    void Heard(LogRecord record);

    /// <summary>Drops everything, loads in progress included.</summary>
    void DropAll();
}
