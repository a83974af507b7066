namespace CachedAttr.Backends;

/// <summary>
/// Time limits for calls of which there are many: those that begin within a short while share one, because a timer for each would cost as much as the rest of a
/// call. A limit is reached up to an eighth late. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How long a call may take.</param>
internal sealed class SharedDeadlines(TimeProvider time, TimeSpan limit)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _slack = limit / 8;
    private Deadline? _latest;

    /// <summary>Cancelled when a call that begins now has taken too long.</summary>
    public CancellationToken Next
    {
        get
        {
            var latest = Volatile.Read(ref _latest);
            return latest is not null && time.GetElapsedTime(latest.Began) < _slack ? latest.Token : Begin();
        }
    }

    private CancellationToken Begin()
    {
        lock (_gate)
        {
            if (_latest is { } latest && time.GetElapsedTime(latest.Began) < _slack)
                return latest.Token;

            // Nobody disposes the source: its timer does its work once and is gone, and calls that are over have taken their registrations back.
            var deadline = new Deadline(time.GetTimestamp(), new CancellationTokenSource(limit + _slack, time).Token);
            Volatile.Write(ref _latest, deadline);
            return deadline.Token;
        }
    }

    private sealed record Deadline(long Began, CancellationToken Token);
}
