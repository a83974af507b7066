namespace CachedAttr.Local;

/// <summary>How many scopes there are in the whole program. While there is one, no call is a hit at once (<see cref="CoarseClock.HitNow"/>).</summary>
internal static class ScopeCount
{
    private static int _count;

    public static bool Any => Volatile.Read(ref _count) > 0;

    public static void Add(int change)
    {
        // Every new scope waits until hits know of it; of the end of one they may learn later.
        if (Interlocked.Add(ref _count, change) == 0 || change > 0)
            CoarseClock.OnScopes();
    }
}
