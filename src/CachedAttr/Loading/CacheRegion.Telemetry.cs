using CachedAttr.Local;
using CachedAttr.Telemetry;

namespace CachedAttr.Loading;

/// <content>What is counted, and told to who observes. None of it is on the way of a hit that is one at once.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    internal override MethodTelemetry Telemetry { get; }

    /// <summary>Notes a hit that was found on the slow way.</summary>
    private LocalEntry<TKey, TValue> Hit(LocalEntry<TKey, TValue> entry)
    {
        entry.Touch();
        Telemetry.Hit();
        return entry;
    }
}
