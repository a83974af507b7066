namespace CachedAttr.Backends;

/// <summary>The unit of stamps and sequence numbers: microseconds since 1970 UTC.</summary>
internal static class Microseconds
{
    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
