using System.Runtime.CompilerServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>What all formatters of sets share: the elements in enumeration order; one that comes twice is malformed.</summary>
/// <remarks>
/// Sets are read with the default comparer, or one of <see cref="TextComparison"/>. Hostile payloads cannot make text collide with either,
/// because .NET seeds its hash at random. A set that was finer by a comparer of its own shows here, by the count, and is refused.
/// </remarks>
internal static class UniqueElements<T, TFormatter>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    // What a slot of a hash set takes besides its element: hash code, link, bucket.
    private const int SlotOverhead = 12;

    public static void Write(ref MessagePackWriter writer, IEnumerable<T>? values)
    {
        TextComparison.WriteOfSet(ref writer, values);
        Elements<T, TFormatter>.Write(ref writer, values);
    }

    public static HashSet<T> ReadHashSet(ref MessagePackReader reader)
    {
        IEqualityComparer<T>? comparer = ReadEquality(ref reader);
        int count = reader.ReadArrayHeader();
        HashSet<T> values = new(reader.GetInitialCapacity(count, Unsafe.SizeOf<T>() + SlotOverhead), comparer);
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

    /// <summary>Reads what decides which elements are equal, where it is not the default.</summary>
    public static IEqualityComparer<T>? ReadEquality(ref MessagePackReader reader) =>
        (IEqualityComparer<T>?)(object?)TextComparison.ReadOfSet<T>(ref reader);

    /// <summary>Reads what decides the order of elements, where it is not the default.</summary>
    public static IComparer<T>? ReadOrder(ref MessagePackReader reader) =>
        (IComparer<T>?)(object?)TextComparison.ReadOfSet<T>(ref reader);

    private static void Verify(int distinct, int count)
    {
        if (distinct != count)
            MessagePackException.ThrowDuplicate();
    }
}
