using System.Numerics;

namespace CachedAttr.Tests.Local;

/// <summary>How often keys have been asked for lately, about: a count-min sketch of four rows, up to 15, halved after every ten times the capacity.</summary>
internal sealed class FrequencySketch(int capacity)
{
    private const int Rows = 4;
    private const int Most = 15;

    private readonly byte[] _counts = new byte[Rows * RowLength(capacity)];
    private readonly long _sample = 10L * capacity;
    private long _additions;

    public int Estimate(int key)
    {
        int least = Most;
        for (int row = 0; row < Rows; row++)
            least = Math.Min(least, _counts[Index(key, row)]);
        return least;
    }

    public void Add(int key)
    {
        bool isAdded = false;
        for (int row = 0; row < Rows; row++)
        {
            ref byte count = ref _counts[Index(key, row)];
            if (count == Most)
                continue;
            count++;
            isAdded = true;
        }

        if (!isAdded || ++_additions < _sample)
            return;
        foreach (ref byte count in _counts.AsSpan())
            count /= 2;
        _additions /= 2;
    }

    private static int RowLength(int capacity) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * Rows));

    // The finalizer of splitmix64 (Steele, Lea, Flood, 2014), with a seed for each row.
    private int Index(int key, int row)
    {
        int length = _counts.Length / Rows;
        ulong hash = (uint)key + ((ulong)(row + 1) * 0x9E3779B97F4A7C15ul);
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9ul;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBul;
        return (row * length) + (int)((hash ^ (hash >> 31)) & (uint)(length - 1));
    }
}
