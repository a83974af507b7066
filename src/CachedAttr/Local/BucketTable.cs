using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CachedAttr.Local;

/// <summary>The heads of the hash chains, a prime number of them, so that numbers in a row or at a stride, which is what ids are, do not collide.</summary>
/// <remarks>
/// The remainder is computed by two multiplications instead of a division (Lemire, Kaser, Kurz, "Faster remainder by direct computation", 2019).
/// </remarks>
internal sealed class BucketTable<TKey, TValue>
    where TKey : IEquatable<TKey>
{
    private readonly LocalEntry<TKey, TValue>?[] _heads;
    private readonly ulong _multiplier;

    /// <param name="size">How many buckets there are at least; at most 2^31 for the arithmetic to hold.</param>
    public BucketTable(int size)
    {
        int prime = NextPrime(size);
        _heads = new LocalEntry<TKey, TValue>?[prime];
        _multiplier = (ulong.MaxValue / (uint)prime) + 1;
    }

    public int Size => _heads.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref LocalEntry<TKey, TValue>? Head(TKey key)
    {
        var heads = _heads;
        uint hash = (uint)key.GetHashCode();

        // Below the length by construction, which the check of an index would not see.
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(heads), (nuint)(((((_multiplier * hash) >> 32) + 1) * (uint)heads.Length) >> 32));
    }

    /// <summary>The head of a bucket by its number.</summary>
    public LocalEntry<TKey, TValue>? this[int bucket] => _heads[bucket];

    private static int NextPrime(int atLeast)
    {
        int candidate = atLeast | 1;
        while (!IsPrime(candidate))
            candidate += 2;
        return candidate;
    }

    private static bool IsPrime(int odd)
    {
        for (int divisor = 3; (long)divisor * divisor <= odd; divisor += 2)
        {
            if (odd % divisor == 0)
                return false;
        }

        return true;
    }
}
