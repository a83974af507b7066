using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CachedAttr.Serialization.Formatters;

/// <summary>
/// The comparer of a set or dictionary of text, where it is one of .NET's and not the default: a dictionary that ignores case must still do so
/// when it comes back.
/// </summary>
/// <remarks>
/// The usual collection has the default comparer, and its bytes are those of any MessagePack library. Otherwise a number for the comparer comes
/// first: a dictionary becomes the array [number, map], a set the map {number: array}, and neither can be taken for a usual one. A comparer that
/// is not .NET's, or that depends on the current culture, is not kept. All of these hash with a random seed once texts collide, so a payload that
/// chooses among them gains nothing.
/// </remarks>
internal static class TextComparison
{
    // A comparer's place is its number in payloads: append only.
    private static readonly StringComparer[] Known =
        [StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase];

    public static void WriteOfSet<T>(ref MessagePackWriter writer, IEnumerable<T>? values)
    {
        if (typeof(T) != typeof(string) || !TryGetNumber(ComparerOf(values), out int number))
            return;

        writer.WriteMapHeader(1);
        writer.WriteInt32(number);
    }

    public static void WriteOfMap<TKey, TValue>(ref MessagePackWriter writer, IEnumerable<KeyValuePair<TKey, TValue>> entries)
        where TKey : notnull
    {
        if (typeof(TKey) == typeof(string))
            WriteComparerOfMap(ref writer, ComparerOf(entries));
    }

    /// <summary>Writes the comparer of a dictionary that is not sorted. Only text is compared by a <see cref="StringComparer"/>.</summary>
    public static void WriteEqualityOfMap(ref MessagePackWriter writer, object equality)
    {
        if (equality is StringComparer)
            WriteComparerOfMap(ref writer, NotOrdinal(equality));
    }

    /// <summary>Reads the comparer of a set that follows; null, for the default, if none was written.</summary>
    public static StringComparer? ReadOfSet<T>(ref MessagePackReader reader)
    {
        if (typeof(T) != typeof(string) || reader.PeekType() != MessagePackType.Map)
            return null;
        if (reader.ReadMapHeader() != 1)
            MessagePackException.ThrowValue("set");
        return ReadNumber(ref reader);
    }

    /// <summary>Reads the comparer of a dictionary that follows; null, for the default, if none was written.</summary>
    public static StringComparer? ReadOfMap<TKey>(ref MessagePackReader reader)
    {
        if (typeof(TKey) != typeof(string) || reader.PeekType() != MessagePackType.Array)
            return null;
        reader.ReadArrayHeader(2);
        return ReadNumber(ref reader);
    }

    private static void WriteComparerOfMap(ref MessagePackWriter writer, object? comparer)
    {
        if (!TryGetNumber(comparer, out int number))
            return;

        writer.WriteArrayHeader(2);
        writer.WriteInt32(number);
    }

    private static StringComparer ReadNumber(ref MessagePackReader reader)
    {
        uint number = reader.ReadUInt32();
        if (number >= (uint)Known.Length)
            MessagePackException.ThrowValue("comparer");
        return Known[number];
    }

    private static bool TryGetNumber(object? comparer, out int number)
    {
        number = comparer is StringComparer known ? Array.IndexOf(Known, known) : -1;
        return number >= 0;
    }

    // The default equality of text is ordinal, so that is the default also by its name; the default order is the current culture's.
    private static object? NotOrdinal(object equality) => ReferenceEquals(equality, StringComparer.Ordinal) ? null : equality;

    private static object? ComparerOf<T>(IEnumerable<T>? values) => values switch
    {
        HashSet<T> set => NotOrdinal(set.Comparer),
        SortedSet<T> set => set.Comparer,
        FrozenSet<T> set => NotOrdinal(set.Comparer),
        ImmutableHashSet<T> set => NotOrdinal(set.KeyComparer),
        ImmutableSortedSet<T> set => set.KeyComparer,
        _ => null,
    };

    private static object? ComparerOf<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>>? entries)
        where TKey : notnull => entries switch
    {
        Dictionary<TKey, TValue> map => NotOrdinal(map.Comparer),
        SortedDictionary<TKey, TValue> map => map.Comparer,
        SortedList<TKey, TValue> map => map.Comparer,
        ConcurrentDictionary<TKey, TValue> map => NotOrdinal(map.Comparer),
        OrderedDictionary<TKey, TValue> map => NotOrdinal(map.Comparer),
        FrozenDictionary<TKey, TValue> map => NotOrdinal(map.Comparer),
        ImmutableDictionary<TKey, TValue> map => NotOrdinal(map.KeyComparer),
        ImmutableSortedDictionary<TKey, TValue> map => map.KeyComparer,
        _ => null,
    };
}
