using System.Diagnostics;
using CachedAttr.Backends;

namespace CachedAttr.Consistency;

/// <summary>
/// When this process could not do what it should: it was not given the processor, or could not reach its backend. What is promised within a second is promised to
/// a process that runs and is connected; on a busy machine that second takes longer. On an idle one there are no hold-ups, and nothing is forgiven.
/// </summary>
/// <param name="backend">The backend.</param>
internal sealed class HoldUps(ResilientBackend backend)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private static readonly long Noticeable = Stopwatch.Frequency / 10;

    private readonly Lock _gate = new();
    private readonly List<(long Ended, long Length)> _all = [];
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>How long they were together.</summary>
    public TimeSpan Total
    {
        get
        {
            lock (_gate)
                return Stopwatch.GetElapsedTime(0, _all.Sum(static one => one.Length));
        }
    }

    /// <summary>Looks fifty times a second whether it comes to it, as long as the process lives.</summary>
    public async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(Step);
            long now = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                if (now - _last > Noticeable || !backend.IsTrusted)
                    _all.Add((now, now - _last));
                _last = now;
            }
        }
    }

    /// <summary>How much of the time since a moment the process was held up, and still is.</summary>
    public long Since(long moment)
    {
        lock (_gate)
        {
            long now = Stopwatch.GetTimestamp(), held = now - _last > Noticeable ? now - Math.Max(_last, moment) : 0;
            for (int i = _all.Count - 1; i >= 0 && _all[i].Ended > moment; i--)
                held += Math.Min(_all[i].Length, _all[i].Ended - moment);
            return held;
        }
    }
}
