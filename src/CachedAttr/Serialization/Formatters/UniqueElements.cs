using System.Runtime.CompilerServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>What all formatters of sets share on reading: an element that comes twice is malformed.</summary>
/// <remarks>
/// Sets are read with the default comparer. That is what makes hostile payloads harmless where text is the key, because .NET seeds its hash
/// at random, and what makes a set of a coarser or finer comparer of its own a different one; the latter is noticed here, by the count.
/// </remarks>
internal static class UniqueElements<T, TFormatter>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    // What a slot of a hash set takes besides its element: hash code, link, bucket.
    private const int SlotOverhead = 12;

    public static HashSet<T> ReadHashSet(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        HashSet<T> values = new(reader.GetInitialCapacity(count, Unsafe.SizeOf<T>() + SlotOverhead));
        for (int i = 0; i < count; i++)
            values.Add(TFormatter.Read(ref reader));
        Verify(values.Count, count);
        return values;
    }

    /// <summary>Reads into a set of any other kind.</summary>
    public static TSet ReadInto<TSet>(ref MessagePackReader reader, TSet values)
        where TSet : ISet<T>
    {
        int count = reader.ReadArrayHeader();
        for (int i = 0; i < count; i++)
            values.Add(TFormatter.Read(ref reader));
        Verify(values.Count, count);
        return values;
    }

    private static void Verify(int distinct, int count)
    {
        if (distinct != count)
            MessagePackException.ThrowDuplicate();
    }
}
