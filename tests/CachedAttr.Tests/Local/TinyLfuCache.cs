namespace CachedAttr.Tests.Local;

/// <summary>
/// W-TinyLFU with a window that adapts, to compare with: Einziger, Friedman, Manes, "TinyLFU: a highly efficient cache admission policy", ACM ToS 2017, and Einziger,
/// Eytan, Friedman, Manes, "Adaptive software cache management", Middleware 2018.
/// </summary>
/// <remarks>
/// A window of recent keys, then a segmented LRU whose newcomers must have been asked for more often, by a frequency sketch, than what they would replace. The
/// window's size climbs towards the better hit ratio: by 6.25 % of the capacity at first, by less with every sample of ten times the capacity.
/// </remarks>
internal sealed class TinyLfuCache
{
    private const double FirstStep = 0.0625;
    private const double StepDecay = 0.98;
    private const double Restart = 0.05;
    private const int SampleFactor = 10;
    private const int OftenAskedFor = 6;

    private readonly Dictionary<int, LinkedListNode<Item>> _nodes = [];
    private readonly LinkedList<Item>[] _segments = [new(), new(), new()];
    private readonly FrequencySketch _sketch;
    private readonly Random _random = new(1);
    private readonly int _capacity;
    private int _windowCapacity;
    private int _protectedCapacity;
    private long _requests;
    private long _hits;
    private double _lastHitRatio;
    private double _step;

    public TinyLfuCache(int capacity)
    {
        _capacity = capacity;
        _windowCapacity = Math.Max(1, capacity / 100);
        _protectedCapacity = (capacity - _windowCapacity) * 8 / 10;
        _step = -FirstStep * capacity;
        _sketch = new(capacity);
    }

    private LinkedList<Item> Window => _segments[(int)Segment.Window];

    private LinkedList<Item> Probation => _segments[(int)Segment.Probation];

    private LinkedList<Item> Protected => _segments[(int)Segment.Protected];

    /// <summary>Reads a key, and stores it if it was not there.</summary>
    public bool Access(int key)
    {
        _sketch.Add(key);
        bool hit = _nodes.TryGetValue(key, out var node);
        if (hit)
            Move(node!, node!.Value.Segment == Segment.Probation ? Segment.Protected : node.Value.Segment);
        else
            _nodes[key] = Window.AddFirst(new Item(key));
        DemoteProtected();
        while (Window.Count > _windowCapacity)
            LeaveWindow(Window.Last!);
        _requests++;
        _hits += hit ? 1 : 0;
        if (_requests >= (long)SampleFactor * _capacity)
            Climb();
        return hit;
    }

    private void LeaveWindow(LinkedListNode<Item> candidate)
    {
        Move(candidate, Segment.Probation);
        if (_nodes.Count <= _capacity)
            return;
        var victim = Probation.Last!;
        if (ReferenceEquals(victim, candidate))
            victim = Protected.Last ?? candidate;
        Remove(IsAdmitted(candidate.Value.Key, victim.Value.Key) ? victim : candidate);
    }

    // At random now and then, so that nobody can shut keys out by asking often for others with the same hashes.
    private bool IsAdmitted(int candidate, int victim)
    {
        int frequency = _sketch.Estimate(candidate);
        return frequency > _sketch.Estimate(victim) || (frequency >= OftenAskedFor && _random.Next(128) == 0);
    }

    private void Climb()
    {
        double hitRatio = (double)_hits / _requests;
        double change = hitRatio - _lastHitRatio;
        double amount = change >= 0 ? _step : -_step;
        _step = Math.Abs(change) >= Restart ? Math.CopySign(FirstStep * _capacity, amount) : amount * StepDecay;
        _lastHitRatio = hitRatio;
        _requests = _hits = 0;

        int window = Math.Clamp(_windowCapacity + (int)amount, 1, _windowCapacity + _protectedCapacity);
        _protectedCapacity -= window - _windowCapacity;
        _windowCapacity = window;
        DemoteProtected();
        while (Window.Count < _windowCapacity && _nodes.Count >= _capacity && (Probation.Last ?? Protected.Last) is { } node)
            Move(node, Segment.Window);
        while (Window.Count > _windowCapacity)
            Move(Window.Last!, Segment.Probation);
    }

    private void DemoteProtected()
    {
        while (Protected.Count > _protectedCapacity)
            Move(Protected.Last!, Segment.Probation);
    }

    private void Move(LinkedListNode<Item> node, Segment to)
    {
        _segments[(int)node.Value.Segment].Remove(node);
        node.Value.Segment = to;
        _segments[(int)to].AddFirst(node);
    }

    private void Remove(LinkedListNode<Item> node)
    {
        _segments[(int)node.Value.Segment].Remove(node);
        _nodes.Remove(node.Value.Key);
    }

    private enum Segment
    {
        Window,
        Probation,
        Protected,
    }

    private sealed class Item(int key)
    {
        public int Key { get; } = key;

        public Segment Segment { get; set; } = Segment.Window;
    }
}
