using System.Runtime.CompilerServices;

namespace CachedAttr.Local;

/// <summary>
/// A monotonic clock in ticks of 100 ns for expiry checks. With the system's time it costs one field read and is behind by at most about
/// <see cref="Resolution"/>; with any other <see cref="TimeProvider"/> it asks that provider each time, so that tests see exact times.
/// </summary>
/// <remarks>A struct, so that a region holds it without a reference in between.</remarks>
internal readonly struct CoarseClock
{
    private readonly TimeProvider? _exact;

    public CoarseClock(TimeProvider provider)
    {
        Ticker.EnsureStarted();
        if (!ReferenceEquals(provider, TimeProvider.System))
            _exact = provider;
    }

    /// <summary>How far the system's coarse time may lag behind.</summary>
    public static TimeSpan Resolution { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// What the expiry of an entry is compared with where hits are cheapest: the system's time. While anyone wants to see each hit it is later than any expiry,
    /// so that all calls take the slow way, where they are seen; when nobody does, that costs nothing.
    /// </summary>
    public static long HitTime
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Ticker.ReadHitTime();
    }

    /// <summary>Whether this is the system's time; entries of any other clock are judged on the slow way only.</summary>
    public bool IsSystem => _exact is null;

    /// <summary>Ticks since an arbitrary moment; only differences mean something.</summary>
    public long Now => _exact is null ? Ticker.Read() : Exact(_exact);

    /// <summary>Sends all hits of the process the slow way until <see cref="ShowHits"/> has been called as often.</summary>
    public static void HideHits() => Ticker.Hide(1);

    /// <summary>Ends what <see cref="HideHits"/> began.</summary>
    public static void ShowHits() => Ticker.Hide(-1);

    private static long Exact(TimeProvider provider) => provider.GetElapsedTime(0, provider.GetTimestamp()).Ticks;

    /// <summary>
    /// The process-wide ticker. It is a thread and not a timer, because timers run on the thread pool: when the pool starves, which is when a cache is
    /// needed most, a timer would stop the clock and nothing would expire.
    /// </summary>
    private static class Ticker
    {
        private static readonly Lock Gate = new();
        private static long _now = Exact(TimeProvider.System);
        private static long _hitTime = _now;
        private static int _hidden;
        private static int _started;

        public static long Read() => Volatile.Read(ref _now);

        public static long ReadHitTime() => Volatile.Read(ref _hitTime);

        public static void Hide(int more)
        {
            lock (Gate)
            {
                _hidden += more;
                Volatile.Write(ref _hitTime, _hidden > 0 ? long.MaxValue : _now);
            }
        }

        public static void EnsureStarted()
        {
            if (Volatile.Read(ref _started) == 0 && Interlocked.Exchange(ref _started, 1) == 0)
                new Thread(Run) { IsBackground = true, Name = "CachedAttr clock", Priority = ThreadPriority.AboveNormal }.Start();
        }

        private static void Run()
        {
            while (true)
            {
                long now = Exact(TimeProvider.System);
                lock (Gate)
                {
                    Volatile.Write(ref _now, now);
                    if (_hidden == 0)
                        Volatile.Write(ref _hitTime, now);
                }

                Thread.Sleep(Resolution);
            }
        }
    }
}
