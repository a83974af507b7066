using CachedAttr.Backends;

namespace CachedAttr.Coherence;

/// <summary>
/// What this process has appended in the last seconds. A backend that replicates asynchronously may forget what it acknowledged last when it fails over; appended
/// again, it costs a miss at most. Thread-safe.
/// </summary>
internal sealed class RecentInvalidations(TimeProvider time)
{
    /// <summary>How long they are kept: longer than a replica is behind.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // Beyond this the oldest go: who invalidates so much has the newest of each key here.
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<(InvalidationTarget What, long At)> _recent = new();

    public void Add(IReadOnlyList<InvalidationTarget> what)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var one in what)
                _recent.Enqueue((one, now));
            Forget(now);
        }
    }

    /// <summary>Those of the last seconds, each once.</summary>
    public IReadOnlyList<InvalidationTarget> Snapshot()
    {
        lock (_gate)
        {
            Forget(time.GetTimestamp());
            return [.. _recent.Select(static recent => recent.What).Distinct()];
        }
    }

    private void Forget(long now)
    {
        while (_recent.TryPeek(out var oldest) && (_recent.Count > Capacity || time.GetElapsedTime(oldest.At, now) > Window))
            _recent.Dequeue();
    }
}
