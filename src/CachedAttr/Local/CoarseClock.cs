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
        if (ReferenceEquals(provider, TimeProvider.System))
            Ticker.EnsureStarted();
        else
            _exact = provider;
    }

    /// <summary>How far the system's coarse time may lag behind.</summary>
    public static TimeSpan Resolution { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Ticks since an arbitrary moment; only differences mean something.</summary>
    public long Now => _exact is null ? Ticker.Read() : Exact(_exact);

    /// <summary>
    /// The system's time as far as hits are concerned: the end of time while some flow of the program has a <see cref="CacheScope"/>, so that every call takes
    /// the way on which scopes are asked for, and hits pay nothing for them otherwise.
    /// </summary>
    public static long HitNow => Ticker.ReadForHits();

    /// <summary>Whether this is the system's time. Entries of any other clock are judged on the way on which it is asked, so that hits need not look which it is.</summary>
    public bool IsSystem => _exact is null;

    /// <summary>The number of scopes in use has changed to or from none.</summary>
    public static void OnScopes() => Ticker.Update();

    private static long Exact(TimeProvider provider) => provider.GetElapsedTime(0, provider.GetTimestamp()).Ticks;

    /// <summary>
    /// The process-wide ticker. It is a thread and not a timer, because timers run on the thread pool: when the pool starves, which is when a cache is
    /// needed most, a timer would stop the clock and nothing would expire.
    /// </summary>
    private static class Ticker
    {
        private static readonly Lock Gate = new();
        private static long _now = Exact(TimeProvider.System);
        private static long _forHits = _now;
        private static int _started;

        public static long Read() => Volatile.Read(ref _now);

        public static long ReadForHits() => Volatile.Read(ref _forHits);

        public static void Update()
        {
            lock (Gate)
            {
                long now = Exact(TimeProvider.System);
                Volatile.Write(ref _now, now);
                Volatile.Write(ref _forHits, ScopeCount.Any ? long.MaxValue : now);
            }
        }

        public static void EnsureStarted()
        {
            if (Interlocked.Exchange(ref _started, 1) == 0)
                new Thread(Run) { IsBackground = true, Name = "CachedAttr clock", Priority = ThreadPriority.AboveNormal }.Start();
        }

        private static void Run()
        {
            while (true)
            {
                Update();
                Thread.Sleep(Resolution);
            }
        }
    }
}
