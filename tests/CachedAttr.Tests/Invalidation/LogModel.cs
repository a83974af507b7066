namespace CachedAttr.Tests.Invalidation;

/// <summary>
/// The invalidation protocol as a random simulation: a source of truth, a shared backend, nodes that follow the log late or not at all, messages that
/// get lost, records that are forgotten, loads that pause. It counts reads that a node answers with a value older than an invalidation it knows of.
/// </summary>
/// <remarks>The protocol is described in src/CachedAttr/Invalidation/README.md. Change the model before the code.</remarks>
internal sealed class LogModel(int seed, LogModel.Guards off = LogModel.Guards.None)
{
    private const int MaxLoad = 6;
    private const int Ttl = 25;
    private const int Steps = 400;

    // Numbers are times, with room behind each for what a node gives out by itself while it is cut off.
    private const int Extra = 8;

    private readonly Random _random = new(seed);
    private readonly List<Record> _everything = [];
    private readonly Node[] _nodes = [new(), new(), new()];
    private List<Record> _log = [];
    private Stored? _backend;
    private int _now;
    private int _truth;
    private int _head;
    private int _floor;
    private int _violations;

    /// <summary>The protocol's guards, each of which can be taken away to see that it is needed.</summary>
    [Flags]
    public enum Guards
    {
        None = 0,

        /// <summary>An entry is invalid if a record that matches it is newer than its stamp.</summary>
        Stamp = 1,

        /// <summary>An exact invalidation leaves a mark in the backend, against older loads that end later.</summary>
        Tombstone = 2,

        /// <summary>Nothing is stored whose load began too long ago.</summary>
        Age = 4,

        /// <summary>A node that may have missed records which are forgotten drops what it holds.</summary>
        Floor = 8,

        /// <summary>What a node numbers while it is cut off is below every record that it does not know, and not by its own clock.</summary>
        OwnNumbers = 16,

        /// <summary>What a node invalidated while it was cut off is appended before it reads from the backend again.</summary>
        Pending = 32,

        /// <summary>What a node takes over from the backend gets no higher stamp than what the node knows: its own numbers have to be above it.</summary>
        Lowered = 64,

        /// <summary>What a node keeps for itself while it does not use the backend has no tombstones: it counts only if no record that is newer has been forgotten.</summary>
        Unguarded = 128,
    }

    /// <summary>Runs the simulation and returns the number of stale reads.</summary>
    public int Run()
    {
        for (int step = 0; step < Steps; step++)
        {
            _now += Pick(0, 0, 1, 1, 1, 2);
            ForgetOldRecords();
            var node = _nodes[_random.Next(_nodes.Length)];
            if (_random.Next(25) == 0)
                CutOffOrBack(node);
            switch (_random.NextDouble())
            {
                case < .10:
                    UpdateAndInvalidate(node);
                    break;
                case < .30:
                    Follow(node);
                    break;
                case < .50:
                    node.Loads.Add(new Load { Stamp = node.Known, Began = _now });
                    break;
                case < .65:
                    ReadTheSource(node);
                    break;
                case < .80:
                    Store(node);
                    break;
                default:
                    Read(node);
                    break;
            }
        }

        return _violations;
    }

    private bool On(Guards guard) => (off & guard) == Guards.None;

    private int Pick(params ReadOnlySpan<int> choices) => choices[_random.Next(choices.Length)];

    private bool IsRemembered(Record record) => record.Sequence > (_now - (record.IsExact ? MaxLoad : Ttl + MaxLoad)) * Extra;

    private void ForgetOldRecords()
    {
        foreach (var record in _log.Where(record => record.IsExact && record.Sequence <= (_now - MaxLoad) * Extra))
            _floor = Math.Max(_floor, record.Sequence);
        _log = [.. _log.Where(IsRemembered)];
        if (_backend is { } stored && stored.Expires <= _now)
            _backend = null;
    }

    private void UpdateAndInvalidate(Node node)
    {
        bool isExact = _random.Next(2) == 0;
        if (node.UsesFallback)
        {
            InvalidateHere(node, isExact);
            return;
        }

        _truth++;
        Append(isExact, _truth);
        Follow(node);
    }

    private void Append(bool isExact, int truth)
    {
        _head = Math.Max(_head + Extra, _now * Extra);
        var record = new Record(_head, isExact, truth);
        _log.Add(record);
        _everything.Add(record);
        if (isExact)
            _backend = On(Guards.Tombstone) ? new Stored(null, _head, _now + MaxLoad + 1) : null;
    }

    /// <summary>A node that cannot reach the backend: the invalidation holds here at once, under a number of its own, and waits.</summary>
    private void InvalidateHere(Node node, bool isExact)
    {
        bool isOfAnotherKey = _random.Next(2) == 0; // which takes a number all the same
        if (!isOfAnotherKey)
        {
            _truth++;
            node.Promised = _truth;
            node.Pending.Add((isExact, _truth));
        }

        int next = On(Guards.OwnNumbers) ? node.Known + 1 : Math.Max(node.Known + 1, _now * Extra);
        if (next / Extra > node.Known / Extra && On(Guards.OwnNumbers))
        {
            // No number is left: everything is dropped.
            node.Local = null;
            node.Forgotten = node.Known;
            foreach (var load in node.Loads)
                load.Detached = true;
            return;
        }

        node.Known = next;
        if (!isOfAnotherKey)
            Apply(node, new Record(next, isExact, _truth));
    }

    /// <summary>Away, in part or wholly; what the node keeps for itself meanwhile is never removed, as if whoever does that always came too early.</summary>
    private void CutOffOrBack(Node node)
    {
        node.Reach = node.Reach switch
        {
            Reach.All => _random.Next(6) == 0 ? Reach.Log : Reach.None,
            Reach.None => _random.Next(6) == 0 ? Reach.Log : Reach.All,
            _ => Reach.All,
        };
        if (node.UsesFallback)
            return;
        if (On(Guards.Pending))
        {
            foreach (var (isExact, truth) in node.Pending)
                Append(isExact, truth);
        }

        node.Pending.Clear();
        Follow(node);
    }

    private void Follow(Node node)
    {
        if (node.Reach == Reach.None)
            return;
        if (node.Known < _floor)
        {
            node.Local = On(Guards.Floor) ? null : node.Local;
            node.Forgotten = Math.Max(node.Forgotten, _floor);
        }

        foreach (var record in _log.Where(record => record.Sequence > node.Known))
            Apply(node, record);
        node.Known = Math.Max(Math.Max(node.Known, _head), (_now - 1) * Extra);
        node.Promised = _everything.Where(record => record.Sequence <= node.Known).Select(record => record.Truth).Append(node.Promised).Max();

        // By their numbers: what the node has numbered itself, long after the last one that it knew, may go at once.
        foreach (var record in node.Records.Where(record => !IsRemembered(record)))
        {
            node.Forgotten = Math.Max(node.Forgotten, record.Sequence);
            node.Floor = record.IsExact ? node.Floor : Math.Max(node.Floor, record.Sequence);
        }

        node.Records.RemoveAll(record => !IsRemembered(record));
    }

    private static void Apply(Node node, Record record)
    {
        node.Records.Add(record);
        if (!record.IsExact)
            return;
        if (node.Local is { } local && local.Stamp < record.Sequence)
            node.Local = null;
        foreach (var load in node.Loads)
            load.Detached = true;
    }

    private void ReadTheSource(Node node)
    {
        if (node.Loads.Count > 0)
            node.Loads[_random.Next(node.Loads.Count)].Value ??= _truth;
    }

    private void Store(Node node)
    {
        if (node.Loads.Count == 0 || node.Loads[_random.Next(node.Loads.Count)] is not { Value: { } value } load)
            return;
        node.Loads.Remove(load);
        bool isStored = !load.Detached && !IsInvalid(node, load.Stamp) && (_now - load.Began <= MaxLoad || !On(Guards.Age));
        if (isStored)
            node.Local = new Stored(value, load.Stamp, _now + Ttl);

        // On the way out the extra is cut off: older is safe.
        int stamp = load.Stamp / Extra * Extra;
        if (isStored && node.UsesFallback)
            node.Fallback = new Stored(value, stamp, _now + Ttl);
        bool tooOld = On(Guards.Age) && (_now * Extra) - stamp > MaxLoad * Extra;
        bool overtaken = _backend is { } there && there.Stamp > stamp;
        if (!tooOld && !overtaken && !node.UsesFallback && !load.Detached)
            _backend = new Stored(value, stamp, _now + Ttl);
    }

    private void Read(Node node)
    {
        int? got = null;
        if (node.Local is { } local && local.Expires > _now && !IsInvalid(node, local.Stamp))
        {
            got = local.Value;
        }
        else if (!node.UsesFallback && _backend is { Value: not null } stored && !IsInvalid(node, stored.Stamp))
        {
            got = stored.Value;
            node.Local = On(Guards.Lowered) ? stored with { Stamp = Math.Min(stored.Stamp, node.Known) } : stored;
        }
        else if (node.UsesFallback && node.Fallback is { } kept && kept.Expires > _now && !IsInvalid(node, kept.Stamp)
            && (kept.Stamp >= node.Forgotten || !On(Guards.Unguarded)))
        {
            got = kept.Value;
            node.Local = kept;
        }

        if (got < node.Promised)
            _violations++;
    }

    private bool IsInvalid(Node node, int stamp) => On(Guards.Stamp) && (stamp < node.Floor || node.Records.Any(record => record.Sequence > stamp));

    private enum Reach
    {
        All,

        /// <summary>It hears of records, or reads the log, and does not use the backend, or not yet again.</summary>
        Log,
        None,
    }

    private sealed record Record(int Sequence, bool IsExact, int Truth);

    /// <summary>A value, or a tombstone if there is none.</summary>
    private sealed record Stored(int? Value, int Stamp, int Expires);

    private sealed class Load
    {
        public required int Stamp { get; init; }

        public required int Began { get; init; }

        public int? Value { get; set; }

        public bool Detached { get; set; }
    }

    private sealed class Node
    {
        public List<Record> Records { get; } = [];

        public List<Load> Loads { get; } = [];

        public Stored? Local { get; set; }

        /// <summary>How far the node has followed the log, and what it has numbered by itself.</summary>
        public int Known { get; set; }

        /// <summary>What it keeps for itself while it does not use the backend.</summary>
        public Stored? Fallback { get; set; }

        /// <summary>The newest pattern that it has forgotten: what has an older stamp counts as invalid.</summary>
        public int Floor { get; set; }

        /// <summary>The newest record of an exact key that it has forgotten, or has never heard of because it was forgotten.</summary>
        public int Forgotten { get; set; }

        /// <summary>What it can reach.</summary>
        public Reach Reach { get; set; }

        public bool UsesFallback => Reach != Reach.All;

        /// <summary>What it has invalidated meanwhile.</summary>
        public List<(bool IsExact, int Truth)> Pending { get; } = [];

        /// <summary>The oldest truth that this node may still answer with.</summary>
        public int Promised { get; set; }
    }
}
