using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using MessagePack;

namespace CachedAttr.Shapes.Tests.Serialization;

#pragma warning disable CA1051, CA1002, CA1815, CA2227, MA0069, MA0102, CA1721, CA1708, MA0008, IDE1006 // shapes as people write them

public enum Color : byte
{
    Red = 1,
    Green = 200,
}

public sealed record Point(int X, int Y);

public readonly record struct PointStruct(int X, int Y);

public readonly struct Money(decimal amount, string currency)
{
    private readonly decimal _amount = amount;

    public decimal Amount => _amount;

    public string Currency { get; } = currency;
}

public struct Fields
{
    public int X;
    public int Y;
}

public sealed class Settable
{
    public int Id { get; set; }

    public string? Name { get; set; }
}

public sealed class InitOnly
{
    public int Id { get; init; }

    public string? Name { get; init; }
}

public sealed class Required
{
    public required int Id { get; init; }

    public required string Name { get; set; }
}

public sealed class RequiredBeside(int id)
{
    public int Id { get; } = id;

    public required string Name { get; init; }
}

public sealed class ConstructorBeside(int id, string name)
{
    public int Field;

    public string? Note { get; set; }

    public string Name => name;

    public int ID { get; } = id;
}

public sealed class OptionalParameter(int id, bool check = true, string? name = null)
{
    public int Id { get; } = check ? id : 0;

    public string? Name { get; } = name;
}

public sealed record Computed(int Width, int Height)
{
    public int Area => Width * Height;
}

public sealed class ReadOnlyField(int value)
{
    public readonly int Value = value;
}

public sealed class ByChoice
{
    public ByChoice(int id, string? name) => throw new InvalidOperationException($"{id}{name}");

    [SerializationConstructor]
    public ByChoice(int id) => Id = id;

    public int Id { get; }

    public string? Name { get; set; }
}

public class Base(int id, string name)
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public List<int>? Inherited { get; set; }
}

public sealed class Derived(int id, string name) : Base(id, name)
{
    public double Extra { get; set; }
}

public abstract record Animal(string Name)
{
    public abstract int Legs { get; init; }
}

public sealed record Dog(string Name, int Age) : Animal(Name)
{
    public override int Legs { get; init; } = 4;
}

public sealed record Tree(int Id, List<Tree>? Children);

public sealed record Person(string Name, Company? Company);

public sealed record Company(string Name, IReadOnlyList<Person> Staff);

public record Page<T>(IReadOnlyList<T> Items, int Total);

public sealed record Annotated(string Given, string? Missing, List<string?> Some, List<string>? None);

public sealed record Empty;

public sealed record Keywords(int @class, int @event, string value, int reader)
{
    public int i { get; init; } = 3;
}

public sealed class CaseOnly
{
    public int Id { get; set; }

    public int id { get; set; }
}

public class VirtualBase
{
    public virtual int Id { get; set; }
}

public class Virtual : VirtualBase
{
    public override int Id { get; set; }
}

public sealed class Ignoring
{
    public int Id { get; set; }

    [IgnoreMember]
    public Action? Changed { get; set; }
}

public sealed class Sequences
{
    public static Sequences Sample => new()
    {
        Points = [new(1, 2)], Array = [1, 2], Jagged = [[1], []], List = [1, 2], Linked = new([3, 4]), Collection = [5], ReadOnly = new([6]), Observable = [7],
        Set = [8], Sorted = [9, 10], Queue = new([11, 12]), Stack = new([13, 14]), Bytes = [1], Memory = new byte[] { 2, 3 }, ReadOnlyMemory = new byte[] { 4 },
    };

    public required Point[] Points { get; init; }
    public required int[] Array { get; init; }
    public required int[][] Jagged { get; init; }
    public required List<int> List { get; init; }
    public required LinkedList<int> Linked { get; init; }
    public required Collection<int> Collection { get; init; }
    public required ReadOnlyCollection<int> ReadOnly { get; init; }
    public required ObservableCollection<int> Observable { get; init; }
    public required HashSet<int> Set { get; init; }
    public required SortedSet<int> Sorted { get; init; }
    public required Queue<int> Queue { get; init; }
    public required Stack<int> Stack { get; init; }
    public required byte[] Bytes { get; init; }
    public required Memory<byte> Memory { get; init; }
    public required ReadOnlyMemory<byte> ReadOnlyMemory { get; init; }
}

public sealed record Interfaces(
    IList<Point> List,
    ICollection<string> Collection,
    IEnumerable<int> Enumerable,
    IReadOnlyList<int?> ReadOnlyList,
    IReadOnlyCollection<int> ReadOnlyCollection,
    ISet<int> Set,
    IReadOnlySet<string> ReadOnlySet,
    IDictionary<string, int> Dictionary,
    IReadOnlyDictionary<string, Point> ReadOnlyDictionary)
{
    public static Interfaces Sample => new(
        [new(1, 2)], ["a"], [1], [1, null], [2], new HashSet<int> { 3 }, new HashSet<string> { "s" }, new Dictionary<string, int> { ["a"] = 1 },
        new Dictionary<string, Point> { ["p"] = new(1, 2) });
}

public sealed record Maps(
    Dictionary<string, Point> Dictionary,
    SortedDictionary<int, string> Sorted,
    SortedList<string, int> List,
    ConcurrentDictionary<string, int> Concurrent,
    FrozenDictionary<string, Point> Frozen,
    Dictionary<Color, int[]> ByEnum,
    Dictionary<Guid, int> ById,
    KeyValuePair<string, Point> Pair)
{
    public static Maps Sample => new(
        new() { ["a"] = new(1, 2) }, new() { [1] = "b" }, new() { ["c"] = 2 }, new() { ["d"] = 3 },
        new Dictionary<string, Point> { ["e"] = new(3, 4) }.ToFrozenDictionary(), new() { [Color.Red] = [1] }, new() { [Guid.Empty] = 4 }, new("f", new(5, 6)));
}

public sealed record Immutables(
    ImmutableArray<Point> Array,
    ImmutableList<int> List,
    ImmutableQueue<int> Queue,
    ImmutableStack<int> Stack,
    ImmutableHashSet<int> Set,
    ImmutableSortedSet<int> Sorted,
    ImmutableDictionary<string, int> Dictionary,
    ImmutableSortedDictionary<string, int> SortedDictionary,
    FrozenSet<int> Frozen)
{
    public static Immutables Sample => new(
        [new(1, 2)], [1], [2, 3], [4, 5], [6], [7, 8], ImmutableDictionary<string, int>.Empty.Add("a", 1),
        ImmutableSortedDictionary<string, int>.Empty.Add("b", 2), new[] { 9 }.ToFrozenSet());
}

public sealed record Wrapped(
    IImmutableList<Point> List,
    IImmutableQueue<int> Queue,
    IImmutableStack<int> Stack,
    IImmutableSet<int> Set,
    IImmutableDictionary<string, Point> Dictionary,
    ReadOnlySet<int> ReadOnlySet,
    ReadOnlyDictionary<string, Point> ReadOnlyDictionary,
    OrderedDictionary<string, Point> Ordered)
{
    public static Wrapped Sample => new(
        [new(1, 2)], ImmutableQueue.Create(1, 2), ImmutableStack.Create(3, 4), ImmutableHashSet.Create(5), ImmutableDictionary<string, Point>.Empty.Add("a", new(6, 7)),
        new(new HashSet<int> { 8 }), new(new Dictionary<string, Point> { ["b"] = new(9, 10) }), new() { ["d"] = new(11, 12), ["c"] = new(13, 14) });
}

public sealed record Scalars(
    bool Bool, sbyte SByte, short Int16, int Int32, long Int64, byte Byte, ushort UInt16, uint UInt32, ulong UInt64, Int128 Int128, UInt128 UInt128)
{
    public static Scalars Sample => new(true, -1, -300, int.MinValue, long.MaxValue, 255, 65535, uint.MaxValue, ulong.MaxValue, Int128.MinValue, UInt128.MaxValue)
    {
        Single = 1.5f, Double = double.MinValue, Decimal = 1.10m, Half = (Half)0.5, Char = 'x', Guid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Offset = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), Date = new(2026, 1, 2), Clock = new(3, 4, 5),
        Span = TimeSpan.FromTicks(12345), Uri = new("https://example.org/a?b#c"), Version = new(1, 2, 3), Missing = null, Color = Serialization.Color.Green,
        Big = System.Numerics.BigInteger.Pow(10, 40),
    };

    public float Single { get; init; }
    public double Double { get; init; }
    public decimal Decimal { get; init; }
    public Half Half { get; init; }
    public char Char { get; init; }
    public Guid Guid { get; init; }
    public DateTime Time { get; init; }
    public DateTimeOffset Offset { get; init; }
    public DateOnly Date { get; init; }
    public TimeOnly Clock { get; init; }
    public TimeSpan Span { get; init; }
    public Uri? Uri { get; init; }
    public Version? Version { get; init; }
    public DateTime? Missing { get; init; }
    public Color? Color { get; init; }
    public System.Numerics.BigInteger Big { get; init; }
}

public sealed record Tuples(
    (int, string) Two, (int A, Point? B, int[] C)? Maybe, Tuple<int, Point> Reference, (int, int, int, int, int, int, int, string, Point) Nine, ValueTuple<int> One)
{
    public static Tuples Sample => new((1, "a"), (2, null, [3]), new(4, new(5, 6)), (1, 2, 3, 4, 5, 6, 7, "8", new(9, 9)), new(1));
}

/// <summary>A method for each shape; the tests take the loaders' results as samples.</summary>
public sealed partial class Payloads(Cache cache)
{
    private sealed record Hidden(int Id);

    /// <summary>A value of the type that only this class can name.</summary>
    internal static object HiddenOf(int id) => new Hidden(id);

    [Cached("Number", Ttl = 60)]
    public partial int Number();

    private static int NumberCore() => 42;

    [Cached("NullableNumber", Ttl = 60)]
    public partial int? NullableNumber();

    private static int? NullableNumberCore() => 7;

    [Cached("NoNumber", Ttl = 60)]
    public partial int? NoNumber();

    private static int? NoNumberCore() => null;

    [Cached("Text", Ttl = 60)]
    public partial string? Text();

    private static string? TextCore() => "text";

    [Cached("NoText", Ttl = 60)]
    public partial string? NoText();

    private static string? NoTextCore() => null;

    [Cached("Bytes", Ttl = 60)]
    public partial byte[] Bytes();

    private static byte[] BytesCore() => [1, 2, 3];

    [Cached("EnumValue", Ttl = 60)]
    public partial Color EnumValue();

    private static Color EnumValueCore() => Color.Green;

    [Cached("NullableEnum", Ttl = 60)]
    public partial Color? NullableEnum();

    private static Color? NullableEnumCore() => Color.Red;

    [Cached("Positional", Ttl = 60)]
    public partial Point Positional();

    private static Point PositionalCore() => new(1, 2);

    [Cached("PositionalStruct", Ttl = 60)]
    public partial PointStruct PositionalStruct();

    private static PointStruct PositionalStructCore() => new(1, 2);

    [Cached("ReadOnlyStruct", Ttl = 60)]
    public partial Money ReadOnlyStruct();

    private static Money ReadOnlyStructCore() => new(12.5m, "EUR");

    [Cached("FieldStruct", Ttl = 60)]
    public partial Fields FieldStruct();

    private static Fields FieldStructCore() => new() { X = 1, Y = 2 };

    [Cached("NullableStruct", Ttl = 60)]
    public partial PointStruct? NullableStruct();

    private static PointStruct? NullableStructCore() => new PointStruct(3, 4);

    [Cached("Settable", Ttl = 60)]
    public partial Settable Settable();

    private static Settable SettableCore() => new() { Id = 1, Name = "n" };

    [Cached("InitOnly", Ttl = 60)]
    public partial InitOnly InitOnly();

    private static InitOnly InitOnlyCore() => new() { Id = 1, Name = "n" };

    [Cached("Required", Ttl = 60)]
    public partial Required Required();

    private static Required RequiredCore() => new() { Id = 1, Name = "n" };

    [Cached("RequiredBeside", Ttl = 60)]
    public partial RequiredBeside RequiredBeside();

    private static RequiredBeside RequiredBesideCore() => new(5) { Name = "n" };

    [Cached("ConstructorBeside", Ttl = 60)]
    public partial ConstructorBeside ConstructorBeside();

    private static ConstructorBeside ConstructorBesideCore() => new(5, "n") { Note = "note", Field = 3 };

    [Cached("OptionalParameter", Ttl = 60)]
    public partial OptionalParameter OptionalParameter();

    private static OptionalParameter OptionalParameterCore() => new(1, name: "n");

    [Cached("Computed", Ttl = 60)]
    public partial Computed Computed();

    private static Computed ComputedCore() => new(3, 4);

    [Cached("ReadOnlyField", Ttl = 60)]
    public partial ReadOnlyField ReadOnlyField();

    private static ReadOnlyField ReadOnlyFieldCore() => new(8);

    [Cached("ByChoice", Ttl = 60)]
    public partial ByChoice ByChoice();

    private static ByChoice ByChoiceCore() => new(1) { Name = "n" };

    [Cached("Derived", Ttl = 60)]
    public partial Derived Derived();

    private static Derived DerivedCore() => new(1, "base") { Extra = 2.5, Inherited = [1] };

    [Cached("OverridingRecord", Ttl = 60)]
    public partial Dog OverridingRecord();

    private static Dog OverridingRecordCore() => new("Rex", 3);

    [Cached("Recursive", Ttl = 60)]
    public partial Tree Recursive();

    private static Tree RecursiveCore() => new(1, [new(2, null), new(3, [new(4, [])])]);

    [Cached("MutuallyRecursive", Ttl = 60)]
    public partial Person MutuallyRecursive();

    private static Person MutuallyRecursiveCore() => new("a", new("c", [new("b", null)]));

    [Cached("Generic", Ttl = 60)]
    public partial Page<Point> Generic();

    private static Page<Point> GenericCore() => new([new(1, 2)], 3);

    [Cached("NestedGeneric", Ttl = 60)]
    public partial Page<Page<PointStruct?>> NestedGeneric();

    private static Page<Page<PointStruct?>> NestedGenericCore() => new([new([new PointStruct(1, 2), null], 1)], 3);

    [Cached("GenericOfText", Ttl = 60)]
    public partial Page<string?> GenericOfText();

    private static Page<string?> GenericOfTextCore() => new(["a", null], 3);

    [Cached("Sequences", Ttl = 60)]
    public partial Sequences Sequences();

    private static Sequences SequencesCore() => Serialization.Sequences.Sample;

    [Cached("Interfaces", Ttl = 60)]
    public partial Interfaces Interfaces();

    private static Interfaces InterfacesCore() => Serialization.Interfaces.Sample;

    [Cached("Maps", Ttl = 60)]
    public partial Maps Maps();

    private static Maps MapsCore() => Serialization.Maps.Sample;

    [Cached("Immutables", Ttl = 60)]
    public partial Immutables Immutables();

    private static Immutables ImmutablesCore() => Serialization.Immutables.Sample;

    [Cached("Wrapped", Ttl = 60)]
    public partial Wrapped Wrapped();

    private static Wrapped WrappedCore() => Serialization.Wrapped.Sample;

    [Cached("Scalars", Ttl = 60)]
    public partial Scalars Scalars();

    private static Scalars ScalarsCore() => Serialization.Scalars.Sample;

    [Cached("Tuples", Ttl = 60)]
    public partial Tuples Tuples();

    private static Tuples TuplesCore() => Serialization.Tuples.Sample;

    [Cached("NamedTuple", Ttl = 60)]
    public partial (int Number, string? Text, Point Point) NamedTuple();

    private static (int Number, string? Text, Point Point) NamedTupleCore() => (1, null, new(2, 3));

    [Cached("ListOfRecords", Ttl = 60)]
    public partial List<Point> ListOfRecords();

    private static List<Point> ListOfRecordsCore() => [new(1, 2), new(3, 4)];

    [Cached("ListOfNullable", Ttl = 60)]
    public partial IReadOnlyList<Point?> ListOfNullable();

    private static IReadOnlyList<Point?> ListOfNullableCore() => [new(1, 2), null];

    [Cached("Jagged", Ttl = 60)]
    public partial int[][] Jagged();

    private static int[][] JaggedCore() => [[1], [], [2, 3]];

    [Cached("MapOfLists", Ttl = 60)]
    public partial Dictionary<string, List<Point?>?> MapOfLists();

    private static Dictionary<string, List<Point?>?> MapOfListsCore() => new() { ["a"] = [new(1, 2), null], ["b"] = null };

    [Cached("Annotated", Ttl = 60)]
    public partial Annotated Annotated();

    private static Annotated AnnotatedCore() => new("a", null, [null, "b"], null);

    [Cached("EmptyRecord", Ttl = 60)]
    public partial Empty EmptyRecord();

    private static Empty EmptyRecordCore() => new();

    [Cached("Keywords", Ttl = 60)]
    public partial Keywords Keywords();

    private static Keywords KeywordsCore() => new(1, 2, "v", 4);

    [Cached("CaseOnly", Ttl = 60)]
    public partial CaseOnly CaseOnly();

    private static CaseOnly CaseOnlyCore() => new() { Id = 1, id = 2 };

    [Cached("Private", Ttl = 60)]
    private partial Hidden Private();

    private static Hidden PrivateCore() => new(1);

    [Cached("Virtual", Ttl = 60)]
    public partial Virtual Virtual();

    private static Virtual VirtualCore() => new() { Id = 9 };

    [Cached("Ignoring", Ttl = 60)]
    public partial Ignoring Ignoring();

    private static Ignoring IgnoringCore() => new() { Id = 9 };
}
