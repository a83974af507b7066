using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CachedAttr.Local;

/// <summary>The heads of the hash chains, a prime number of them, so that numbers in a row or at a stride, which is what ids are, do not collide.</summary>
/// <remarks>
/// The remainder is computed by two multiplications instead of a division (Lemire, Kaser, Kurz, "Faster remainder by direct computation", 2019).
/// A struct, in its store, so that a read follows one reference less. It is replaced under the lock while others read it: one of them may see the new heads and
/// the old multiplier, or the reverse. What it computes then is a bucket all the same, but another one, in which it finds nothing, as it may without the lock.
/// </remarks>
internal struct BucketTable<TKey, TValue>
    where TKey : IEquatable<TKey>
{
    // One more than there are buckets: with a multiplier that is not theirs the remainder can be their number itself.
    private LocalEntry<TKey, TValue>?[] _heads;
    private ulong _multiplier;

    /// <param name="size">How many buckets there are at least; at most 2^31 for the arithmetic to hold.</param>
    public BucketTable(int size)
    {
        int prime = NextPrime(size);
        _heads = new LocalEntry<TKey, TValue>?[prime + 1];
        _multiplier = (ulong.MaxValue / (uint)prime) + 1;
    }

    public readonly int Size => _heads.Length - 1;

    /// <summary>Takes the place of this table, with what has been linked into the other.</summary>
    public void Become(BucketTable<TKey, TValue> other)
    {
        _multiplier = other._multiplier;
        Volatile.Write(ref _heads, other._heads);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref LocalEntry<TKey, TValue>? Head(TKey key)
    {
        var heads = Volatile.Read(ref _heads);
        uint hash = (uint)key.GetHashCode();

        // At most the number of buckets, whatever the multiplier, which the check of an index would not see.
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(heads), (nuint)(((((_multiplier * hash) >> 32) + 1) * (uint)(heads.Length - 1)) >> 32));
    }

    /// <summary>The head of a bucket by its number.</summary>
    public readonly LocalEntry<TKey, TValue>? this[int bucket] => _heads[bucket];

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
