using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using CachedAttr.Serialization.Formatters;
using SerializationHarness;
using I32 = CachedAttr.Serialization.Formatters.Int32Formatter;
using I64 = CachedAttr.Serialization.Formatters.Int64Formatter;
using Text = CachedAttr.Serialization.Formatters.StringFormatter;

namespace CachedAttr.Tests.Serialization;

#pragma warning disable CS8631, CS8620 // nullability of a formatter's type argument

/// <summary>Every formatter there is.</summary>
internal static class Families
{
    public enum Signed8 : sbyte { }

    public enum Signed16 : short { }

    public enum Signed32 { }

    public enum Signed64 : long { }

    public enum Unsigned8 : byte { }

    public enum Unsigned16 : ushort { }

    public enum Unsigned32 : uint { }

    public enum Unsigned64 : ulong { }

    public static IReadOnlyDictionary<string, Family> All { get; } =
        new Family[][] { [.. Numbers()], [.. Enums()], [.. Texts()], [.. Times()], [.. Tuples()], [.. Lists()], [.. Sets()], [.. Maps()] }
            .SelectMany(families => families)
            .ToDictionary(family => family.Name);

    private static IEnumerable<Family> Numbers() =>
    [
        new Family<sbyte, SByteFormatter>("sbyte", r => (sbyte)r.Int64()),
        new Family<short, Int16Formatter>("short", r => (short)r.Int64()),
        new Family<int, I32>("int", r => (int)r.Int64()),
        new Family<long, I64>("long", r => r.Int64()),
        new Family<Int128, Int128Formatter>("Int128", r => r.Int128()),
        new Family<byte, ByteFormatter>("byte", r => (byte)r.Int64()),
        new Family<ushort, UInt16Formatter>("ushort", r => (ushort)r.Int64()),
        new Family<uint, UInt32Formatter>("uint", r => (uint)r.Int64()),
        new Family<ulong, UInt64Formatter>("ulong", r => (ulong)r.Int64()),
        new Family<UInt128, UInt128Formatter>("UInt128", r => (UInt128)r.Int128()),
        new Family<BigInteger, BigIntegerFormatter>("BigInteger", r => r.BigInteger()),
        new Family<Half, HalfFormatter>("Half", r => (Half)r.Double()),
        new Family<float, SingleFormatter>("float", r => (float)r.Double()),
        new Family<double, DoubleFormatter>("double", r => r.Double()),
        new Family<decimal, DecimalFormatter>("decimal", r => r.Decimal()),
        new Family<bool, BooleanFormatter>("bool", r => r.Random.Next(2) == 0),
        new Family<int?, NullableFormatter<int, I32>>("int?", r => r.Random.Next(3) == 0 ? null : (int)r.Int64()),
    ];

    private static IEnumerable<Family> Enums() =>
    [
        new Family<Signed8, EnumFormatter<Signed8>>("enum : sbyte", r => (Signed8)r.Int64()),
        new Family<Signed16, EnumFormatter<Signed16>>("enum : short", r => (Signed16)r.Int64()),
        new Family<Signed32, EnumFormatter<Signed32>>("enum : int", r => (Signed32)r.Int64()),
        new Family<Signed64, EnumFormatter<Signed64>>("enum : long", r => (Signed64)r.Int64()),
        new Family<Unsigned8, EnumFormatter<Unsigned8>>("enum : byte", r => (Unsigned8)r.Int64()),
        new Family<Unsigned16, EnumFormatter<Unsigned16>>("enum : ushort", r => (Unsigned16)r.Int64()),
        new Family<Unsigned32, EnumFormatter<Unsigned32>>("enum : uint", r => (Unsigned32)r.Int64()),
        new Family<Unsigned64, EnumFormatter<Unsigned64>>("enum : ulong", r => (Unsigned64)r.Int64()),
    ];

    private static IEnumerable<Family> Texts() =>
    [
        new Family<string?, Text>("string", r => r.StringOrNull()),
        new Family<char, CharFormatter>("char", r => (char)r.Int64()),
        new Family<Guid, GuidFormatter>("Guid", r => r.Guid()),
        new Family<Version?, VersionFormatter>("Version", r => r.Version()),
        new Family<Uri?, UriFormatter>("Uri", r => r.Uri()),
        new Family<byte[]?, ByteArrayFormatter>("byte[]", r => r.OrNull(() => r.Bytes(r.Length()))),
        new Family<Memory<byte>, MemoryFormatter>("Memory<byte>", r => r.Bytes(r.Length())),
        new Family<ReadOnlyMemory<byte>, ReadOnlyMemoryFormatter>("ReadOnlyMemory<byte>", r => r.Bytes(r.Length())),
    ];

    private static IEnumerable<Family> Times() =>
    [
        new Family<DateTime, DateTimeFormatter>("DateTime", r => r.DateTime()),
        new Family<DateTimeOffset, DateTimeOffsetFormatter>("DateTimeOffset", r => r.DateTimeOffset()),
        new Family<DateOnly, DateOnlyFormatter>("DateOnly", r => DateOnly.FromDateTime(r.DateTime())),
        new Family<TimeOnly, TimeOnlyFormatter>("TimeOnly", r => new TimeOnly(r.Ticks(TimeOnly.MaxValue.Ticks))),
        new Family<TimeSpan, TimeSpanFormatter>("TimeSpan", r => new TimeSpan(r.Int64())),
    ];

    private static IEnumerable<Family> Tuples() =>
    [
        new Family<KeyValuePair<int, string?>, KeyValuePairFormatter<int, I32, string?, Text>>(
            "KeyValuePair", r => new((int)r.Int64(), r.StringOrNull())),
        new Family<ValueTuple<int>, ValueTupleFormatter<int, I32>>("ValueTuple 1", r => new((int)r.Int64())),
        new Family<(DateTime, string?), ValueTupleFormatter<DateTime, DateTimeFormatter, string?, Text>>(
            "ValueTuple 2", r => (r.DateTime(), r.StringOrNull())),
        new Family<(int, int, int), ValueTupleFormatter<int, I32, int, I32, int, I32>>(
            "ValueTuple 3", r => ((int)r.Int64(), 2, (int)r.Int64())),
        new Family<(int, int, int, int), ValueTupleFormatter<int, I32, int, I32, int, I32, int, I32>>(
            "ValueTuple 4", r => ((int)r.Int64(), 2, (int)r.Int64(), 4)),
        new Family<
            (int, int, int, int, int),
            ValueTupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32>>(
            "ValueTuple 5", r => ((int)r.Int64(), 2, (int)r.Int64(), 4, (int)r.Int64())),
        new Family<
            (int, int, int, int, int, int),
            ValueTupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32, int, I32>>(
            "ValueTuple 6", r => ((int)r.Int64(), 2, (int)r.Int64(), 4, (int)r.Int64(), 6)),
        new Family<
            (int, int, int, int, int, int, int),
            ValueTupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32, int, I32, int, I32>>(
            "ValueTuple 7", r => ((int)r.Int64(), 2, (int)r.Int64(), 4, (int)r.Int64(), 6, 7)),
        new Family<
            (int, int, int, int, int, int, int, string?),
            ValueTupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32, int, I32, int, I32, ValueTuple<string?>, ValueTupleFormatter<string?, Text>>>(
            "ValueTuple 8", r => ((int)r.Int64(), 2, (int)r.Int64(), 4, (int)r.Int64(), 6, 7, r.StringOrNull())),
        new Family<Tuple<int>?, TupleFormatter<int, I32>>("Tuple 1", r => r.OrNull(() => Tuple.Create((int)r.Int64()))),
        new Family<Tuple<string?, int>?, TupleFormatter<string?, Text, int, I32>>(
            "Tuple 2", r => r.OrNull(() => Tuple.Create(r.StringOrNull(), (int)r.Int64()))),
        new Family<Tuple<int, int, int>?, TupleFormatter<int, I32, int, I32, int, I32>>(
            "Tuple 3", r => r.OrNull(() => Tuple.Create((int)r.Int64(), 2, 3))),
        new Family<Tuple<int, int, int, int>?, TupleFormatter<int, I32, int, I32, int, I32, int, I32>>(
            "Tuple 4", r => r.OrNull(() => Tuple.Create((int)r.Int64(), 2, 3, 4))),
        new Family<
            Tuple<int, int, int, int, int>?,
            TupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32>>(
            "Tuple 5", r => r.OrNull(() => Tuple.Create((int)r.Int64(), 2, 3, 4, 5))),
        new Family<
            Tuple<int, int, int, int, int, int>?,
            TupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32, int, I32>>(
            "Tuple 6", r => r.OrNull(() => Tuple.Create((int)r.Int64(), 2, 3, 4, 5, 6))),
        new Family<
            Tuple<int, int, int, int, int, int, int>?,
            TupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32, int, I32, int, I32>>(
            "Tuple 7", r => r.OrNull(() => Tuple.Create((int)r.Int64(), 2, 3, 4, 5, 6, 7))),
        new Family<
            Tuple<int, int, int, int, int, int, int, Tuple<string?>>?,
            TupleFormatter<int, I32, int, I32, int, I32, int, I32, int, I32, int, I32, int, I32, Tuple<string?>, TupleFormatter<string?, Text>>>(
            "Tuple 8", r => r.OrNull(() => Tuple.Create((int)r.Int64(), 2, 3, 4, 5, 6, 7, r.StringOrNull()))),
    ];

    private static IEnumerable<Family> Lists() =>
    [
        new Family<int[]?, ArrayFormatter<int, I32>>("int[]", r => r.OrNull(() => r.Array(() => (int)r.Int64()))),
        new Family<Guid?[][]?, ArrayFormatter<Guid?[], ArrayFormatter<Guid?, NullableFormatter<Guid, GuidFormatter>>>>(
            "Guid?[][]", r => r.Array(() => r.Array<Guid?>(() => r.Random.Next(2) == 0 ? null : r.Guid()))),
        new Family<string?[,]?, TwoDimensionalArrayFormatter<string?, Text>>("string[,]", r => r.OrNull(() => r.Grid(r.StringOrNull))),
        new Family<int[,,]?, ThreeDimensionalArrayFormatter<int, I32>>("int[,,]", r => Grid3(r)),
        new Family<bool[,,,]?, FourDimensionalArrayFormatter<bool, BooleanFormatter>>(
            "bool[,,,]", r => new bool[r.Random.Next(3), 2, r.Random.Next(3), 1]),
        new Family<List<string?>?, ListFormatter<string?, Text>>("List<string>", r => r.OrNull(() => r.Array(r.StringOrNull).ToList())),
        new Family<IList<long>?, ListInterfaceFormatter<long, I64>>("IList<long>", r => r.Array(r.Int64)),
        new Family<ICollection<long>?, CollectionInterfaceFormatter<long, I64>>("ICollection<long>", r => new LinkedList<long>(r.Array(r.Int64))),
        new Family<IEnumerable<long>?, EnumerableInterfaceFormatter<long, I64>>("IEnumerable<long>", r => r.Array(r.Int64).Where(x => x > 0)),
        new Family<IReadOnlyList<long>?, ReadOnlyListInterfaceFormatter<long, I64>>("IReadOnlyList<long>", r => r.Array(r.Int64)),
        new Family<IReadOnlyCollection<long>?, ReadOnlyCollectionInterfaceFormatter<long, I64>>(
            "IReadOnlyCollection<long>", r => new Queue<long>(r.Array(r.Int64))),
        new Family<LinkedList<int>?, LinkedListFormatter<int, I32>>(
            "LinkedList", r => r.OrNull(() => new LinkedList<int>(r.Array(() => (int)r.Int64())))),
        new Family<Collection<int>?, CollectionFormatter<int, I32>>(
            "Collection", r => r.OrNull(() => new Collection<int>(r.Array(() => (int)r.Int64())))),
        new Family<ReadOnlyCollection<int>?, ReadOnlyCollectionFormatter<int, I32>>("ReadOnlyCollection", r => new(r.Array(() => (int)r.Int64()))),
        new Family<ObservableCollection<int>?, ObservableCollectionFormatter<int, I32>>(
            "ObservableCollection", r => new(r.Array(() => (int)r.Int64()))),
        new Family<Queue<string?>?, QueueFormatter<string?, Text>>("Queue", r => r.OrNull(() => new Queue<string?>(r.Array(r.StringOrNull)))),
        new Family<Stack<string?>?, StackFormatter<string?, Text>>("Stack", r => r.OrNull(() => new Stack<string?>(r.Array(r.StringOrNull)))),
        new Family<ImmutableArray<int>, ImmutableArrayFormatter<int, I32>>("ImmutableArray", r => [.. r.Array(() => (int)r.Int64())]),
        new Family<ImmutableList<int>?, ImmutableListFormatter<int, I32>>(
            "ImmutableList", r => r.OrNull<ImmutableList<int>>(() => [.. r.Array(() => (int)r.Int64())])),
        new Family<ImmutableQueue<int>?, ImmutableQueueFormatter<int, I32>>("ImmutableQueue", r => [.. r.Array(() => (int)r.Int64())]),
        new Family<ImmutableStack<int>?, ImmutableStackFormatter<int, I32>>("ImmutableStack", r => [.. r.Array(() => (int)r.Int64())]),
        new Family<IImmutableList<int>?, ImmutableListInterfaceFormatter<int, I32>>("IImmutableList", r => r.OrNull<IImmutableList<int>>(() => r.Ints().ToImmutableArray())),
        new Family<IImmutableQueue<int>?, ImmutableQueueInterfaceFormatter<int, I32>>("IImmutableQueue", r => ImmutableQueue.Create(r.Ints())),
        new Family<IImmutableStack<int>?, ImmutableStackInterfaceFormatter<int, I32>>("IImmutableStack", r => ImmutableStack.Create(r.Ints())),
        new Family<Node?, NodeFormatter>("Node", r => Tree(r, 4)),
    ];

    private static IEnumerable<Family> Sets() =>
    [
        new Family<HashSet<string?>?, HashSetFormatter<string?, Text>>("HashSet", r => r.OrNull(() => r.Array(r.StringOrNull).ToHashSet())),
        new Family<ISet<long>?, SetInterfaceFormatter<long, I64>>("ISet", r => r.Array(r.Int64).ToHashSet()),
        new Family<IReadOnlySet<long>?, ReadOnlySetInterfaceFormatter<long, I64>>("IReadOnlySet", r => r.Array(r.Int64).ToHashSet()),
        new Family<SortedSet<long>?, SortedSetFormatter<long, I64>>("SortedSet", r => r.OrNull(() => new SortedSet<long>(r.Array(r.Int64)))),
        new Family<FrozenSet<string?>?, FrozenSetFormatter<string?, Text>>("FrozenSet", r => r.Array(r.StringOrNull).ToFrozenSet()),
        new Family<ImmutableHashSet<string?>?, ImmutableHashSetFormatter<string?, Text>>(
            "ImmutableHashSet", r => [.. r.Array(r.StringOrNull)]),
        new Family<ReadOnlySet<string?>?, ReadOnlySetFormatter<string?, Text>>("ReadOnlySet", r => r.OrNull(() => new ReadOnlySet<string?>(r.Array(r.StringOrNull).ToHashSet()))),
        new Family<IImmutableSet<string?>?, ImmutableSetInterfaceFormatter<string?, Text>>("IImmutableSet", r => r.Array(r.StringOrNull).ToImmutableHashSet()),
        new Family<ImmutableSortedSet<long>?, ImmutableSortedSetFormatter<long, I64>>("ImmutableSortedSet", r => [.. r.Array(r.Int64)]),
    ];

    private static IEnumerable<Family> Maps() =>
    [
        new Family<Dictionary<string, int>?, DictionaryFormatter<string, Text, int, I32>>("Dictionary", r => r.OrNull(r.Map)),
        new Family<Dictionary<string, int>?, DictionaryFormatter<string, Text, int, I32>>("Dictionary ignoring case", IgnoringCase),
        new Family<SortedSet<string>?, SortedSetFormatter<string, Text>>("SortedSet, ordinal", r => new(r.Map().Keys, StringComparer.Ordinal)),
        new Family<IDictionary<string, int>?, DictionaryInterfaceFormatter<string, Text, int, I32>>("IDictionary", r => r.Map()),
        new Family<IReadOnlyDictionary<string, int>?, ReadOnlyDictionaryInterfaceFormatter<string, Text, int, I32>>(
            "IReadOnlyDictionary", r => r.Map()),
        new Family<SortedDictionary<string, int>?, SortedDictionaryFormatter<string, Text, int, I32>>("SortedDictionary", r => new(Ascii(r))),
        new Family<SortedList<string, int>?, SortedListFormatter<string, Text, int, I32>>("SortedList", r => new(Ascii(r))),
        new Family<ConcurrentDictionary<string, int>?, ConcurrentDictionaryFormatter<string, Text, int, I32>>(
            "ConcurrentDictionary", r => new(r.Map())),
        new Family<FrozenDictionary<string, int>?, FrozenDictionaryFormatter<string, Text, int, I32>>(
            "FrozenDictionary", r => r.Map().ToFrozenDictionary()),
        new Family<ImmutableDictionary<string, int>?, ImmutableDictionaryFormatter<string, Text, int, I32>>(
            "ImmutableDictionary", r => r.Map().ToImmutableDictionary()),
        new Family<ReadOnlyDictionary<string, int>?, ReadOnlyDictionaryFormatter<string, Text, int, I32>>(
            "ReadOnlyDictionary", r => r.OrNull(() => new ReadOnlyDictionary<string, int>(r.Map()))),
        new Family<OrderedDictionary<string, int>?, OrderedDictionaryFormatter<string, Text, int, I32>>(
            "OrderedDictionary", r => r.OrNull(() => new OrderedDictionary<string, int>(r.Map()))),
        new Family<IImmutableDictionary<string, int>?, ImmutableDictionaryInterfaceFormatter<string, Text, int, I32>>(
            "IImmutableDictionary", r => r.Map().ToImmutableDictionary()),
        new Family<ImmutableSortedDictionary<string, int>?, ImmutableSortedDictionaryFormatter<string, Text, int, I32>>(
            "ImmutableSortedDictionary", r => Ascii(r).ToImmutableSortedDictionary()),
    ];

    private static Dictionary<string, int> IgnoringCase(RandomValues r)
    {
        Dictionary<string, int> map = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, int value) in r.Map())
            map[key] = value;
        return map;
    }

    // Culture's order takes some different texts for equal: the sorted dictionaries' own doing, and not what is tested here.
    private static Dictionary<string, int> Ascii(RandomValues r) => r.Map().Where(e => e.Key.All(char.IsAsciiLetterOrDigit)).ToDictionary();

    private static int[,,] Grid3(RandomValues r)
    {
        int[,,] grid = new int[r.Random.Next(4), r.Random.Next(4), 2];
        for (int i = 0; i < grid.GetLength(0); i++)
        {
            for (int j = 0; j < grid.GetLength(1); j++)
                (grid[i, j, 0], grid[i, j, 1]) = ((int)r.Int64(), i * j);
        }

        return grid;
    }

    private static Node? Tree(RandomValues r, int depth) => depth == 0 || r.Random.Next(6) == 0
        ? null
        : new Node((int)r.Int64(), r.StringOrNull(), r.Random.Next(4) == 0 ? null : [.. Enumerable.Range(0, r.Random.Next(4)).Select(_ => Tree(r, depth - 1)!)]);
}
