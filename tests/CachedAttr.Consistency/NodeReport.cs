namespace CachedAttr.Consistency;

/// <summary>What a process of the harness has seen.</summary>
public sealed class NodeReport
{
    private readonly List<string> _examples = [];
    private readonly List<long> _delays = [];

    public long Reads { get; set; }

    public long Writes { get; set; }

    public long Loads { get; set; }

    /// <summary>Reads that returned what this process had itself invalidated.</summary>
    public long OwnStale { get; set; }

    /// <summary>Reads that returned what was older than an invalidation that this process had followed the log to.</summary>
    public long SeenStale { get; set; }

    /// <summary>Reads that returned what had been invalidated elsewhere more than a second ago, not counting <see cref="HeldUp"/>.</summary>
    public long LateStale { get; set; }

    public long Exceptions { get; set; }

    /// <summary>How long it was not given the processor, or could not reach its backend.</summary>
    public TimeSpan HeldUp { get; set; }

    public IReadOnlyList<string> Examples
    {
        get => _examples;
        init => _examples = [.. value];
    }

    /// <summary>For each invalidation of others that was read too late at least once: how long after it that was last, in microseconds.</summary>
    public IReadOnlyList<long> Delays
    {
        get => _delays;
        init => _delays = [.. value];
    }

    public void Example(string text)
    {
        lock (_examples)
        {
            if (_examples.Count < 10)
                _examples.Add(text);
        }
    }

    public void Delay(long microseconds)
    {
        lock (_delays)
            _delays.Add(microseconds);
    }
}
