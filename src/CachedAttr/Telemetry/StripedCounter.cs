using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CachedAttr.Telemetry;

/// <summary>Counts without a lock, an interlocked instruction or a look at thread-local storage, each of which would cost as much as a hit.</summary>
/// <remarks>
/// Threads count in cells of their own, and who reads adds them up. The cell is chosen by where the thread's stack is, which is known for nothing:
/// thread-local storage cost 1.2 ns where this costs 0.3. Two threads whose stacks fall into one cell lose a count when they count in the same nanosecond;
/// that is rare, and nothing is decided by these numbers.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct StripedCounter
{
    // No two stacks are closer to each other than a megabyte.
    private const int StackBits = 20;

    // The counters of a cell are one thread's: 128 bytes, which is what processors fetch at once.
    private const int SlotBits = 4;
    private const int Slots = 1 << SlotBits;

    private static readonly int CellBits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount * 8, 128, 1024)));

    private readonly long[] _cells;
    private readonly int _slot;

    private StripedCounter(long[] cells, int slot)
    {
        _cells = cells;
        _slot = slot;
    }

    /// <summary>Counts one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Increment()
    {
        // Fibonacci hashing (Knuth, TAOCP 3, 6.4): stacks at equal distances do not collide.
        Unsafe.SkipInit(out int here);
        uint stack = (uint)(Unsafe.ByteOffset(ref Unsafe.NullRef<int>(), ref here) >>> StackBits) * 0x9E3779B9u;
        int cell = (int)(stack >> (32 - CellBits - SlotBits)) & ~(Slots - 1);
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), cell + _slot)++;
    }

    /// <summary>What all threads have counted.</summary>
    public long Sum()
    {
        long sum = 0;
        for (int i = _slot; i < 1 << (CellBits + SlotBits); i += Slots)
            sum += Volatile.Read(ref _cells[i]);
        return sum;
    }

    /// <summary>Makes counters that share their cells, sixteen at a time. Not thread-safe.</summary>
    internal sealed class Source
    {
        private long[] _cells = [];
        private int _next = Slots;

        public StripedCounter Create()
        {
            if (_next == Slots)
            {
                // Some more, so that the last cell shares no line with another object.
                _cells = new long[(1 << (CellBits + SlotBits)) + Slots];
                _next = 0;
            }

            return new(_cells, _next++);
        }
    }
}
