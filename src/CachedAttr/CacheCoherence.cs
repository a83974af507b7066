namespace CachedAttr;

/// <summary>How soon one process notices what another has invalidated. What it has noticed, or invalidated itself, it never serves again, with either.</summary>
public enum CacheCoherence
{
    /// <summary>
    /// By notification, in milliseconds; or with the next heartbeat, if that got lost. A hit in the local tier asks nobody.
    /// </summary>
    Bounded,

    /// <summary>
    /// Before the call: the log is read each time, also where the local tier has the value. Every call costs a round trip, shared by those at the same time.
    /// </summary>
    Strict,
}
