using System.Numerics;
using System.Runtime.InteropServices;

namespace CachedAttr.Local;

/// <summary>
/// Remembers the hashes of the keys that left a queue last, without the keys: eight bytes each, in sets of four of which the oldest is overwritten.
/// </summary>
/// <remarks>
/// A hash that two keys share makes one of them look familiar; that is a slightly wrong eviction and nothing else. The table is made at the
/// first eviction, so a store that never fills pays nothing. Not thread-safe: used under the store's lock.
/// </remarks>
internal sealed class GhostTable(int capacity)
{
    private const int Ways = 4;

    private Slot[]? _slots;
    private uint _evictions;

    /// <summary>Whether the key with this hash was among the last so many that left, at most <c>capacity</c>. It is forgotten then.</summary>
    public bool Take(uint hash, int last)
    {
        if (_slots is null)
            return false;
        foreach (ref var slot in Set(_slots, hash))
        {
            if (slot.Hash != hash || slot.Time == 0)
                continue;

            // Unsigned difference: right also when the counter has wrapped around.
            bool isRecent = _evictions - slot.Time < (uint)last;
            slot = default;
            return isRecent;
        }

        return false;
    }

    public void Add(uint hash)
    {
        _slots ??= new Slot[Math.Max(Ways, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, capacity)))];
        if (++_evictions == 0)
            _evictions = 1;
        var set = Set(_slots, hash);
        ref var oldest = ref set[0];
        foreach (ref var slot in set)
        {
            if (slot.Hash == hash || slot.Time == 0)
            {
                oldest = ref slot;
                break;
            }

            if (_evictions - slot.Time > _evictions - oldest.Time)
                oldest = ref slot;
        }

        oldest = new Slot(hash, _evictions);
    }

    private static Span<Slot> Set(Slot[] slots, uint hash) =>
        slots.AsSpan((int)(hash & (uint)(slots.Length / Ways - 1)) * Ways, Ways);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slot(uint Hash, uint Time);
}
