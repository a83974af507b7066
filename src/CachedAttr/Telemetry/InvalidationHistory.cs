using CachedAttr.Backends;

namespace CachedAttr.Telemetry;

/// <summary>The last invalidations that this process has made or heard of, for who looks in. Thread-safe.</summary>
internal sealed class InvalidationHistory(TimeProvider time)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 200;

    // How long the log may take to bring back what this process has appended.
    private static readonly TimeSpan EchoLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Queue<Item> _items = new();
    private long _total;

    /// <summary>How many there were altogether.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Those that are kept, the newest first.</summary>
    public IReadOnlyList<Item> Snapshot()
    {
        lock (_gate)
            return [.. _items.Reverse()];
    }

    /// <summary>This process invalidates.</summary>
    public void Own(IReadOnlyList<InvalidationTarget> what, bool echoes)
    {
        lock (_gate)
        {
            foreach (var one in what)
                Add(new(time.GetUtcNow(), one, IsOwn: true) { AwaitsEcho = echoes });
        }
    }

    /// <summary>The log has brought a record: of another process, or one of this.</summary>
    public void Heard(LogRecord record)
    {
        var at = DateTimeOffset.UnixEpoch.AddMicroseconds(record.Sequence);
        lock (_gate)
        {
            foreach (var item in _items)
            {
                if (!item.AwaitsEcho || item.What != record.What || time.GetUtcNow() - item.At > EchoLimit)
                    continue;
                item.AwaitsEcho = false;
                return;
            }

            Add(new(at, record.What, IsOwn: false));
        }
    }

    private void Add(Item item)
    {
        Interlocked.Increment(ref _total);
        _items.Enqueue(item);
        if (_items.Count > Capacity)
            _items.Dequeue();
    }

    /// <summary>One invalidation.</summary>
    internal sealed record Item(DateTimeOffset At, InvalidationTarget What, bool IsOwn)
    {
        public bool AwaitsEcho { get; set; }
    }
}
