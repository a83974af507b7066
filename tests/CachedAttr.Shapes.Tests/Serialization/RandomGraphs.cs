using System.Collections.Frozen;
using System.Collections.Immutable;
using SerializationHarness;
using static CachedAttr.Shapes.Tests.Serialization.MessagePackLayoutTests;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>Random values of every type that has a generated formatter; null also where annotations say that it is not.</summary>
internal static class RandomGraphs
{
    private static readonly Dictionary<Type, Func<RandomValues, object?>> Makers = new Func<IEnumerable<(Type, Func<RandomValues, object?>)>>[]
    {
        Scalars, Objects, Constructed, Nested, Collections, Marked,
    }.SelectMany(family => family()).ToDictionary(maker => maker.Item1, maker => maker.Item2);

    public static T Make<T>(RandomValues random) => (T)Maker(typeof(T))(random)!;

    private static Func<RandomValues, object?> Maker(Type type) =>
        Makers.GetValueOrDefault(type) ?? (type.Name == "Hidden" ? r => r.OrNull(() => Payloads.HiddenOf(r.Int32())) : throw new InvalidOperationException($"No random values for {type}."));

    private static (Type, Func<RandomValues, object?>) Of<T>(Func<RandomValues, T?> make) => (typeof(T), r => make(r));

    private static (Type, Func<RandomValues, object?>) OrNull<T>(Func<RandomValues, T> make)
        where T : class => (typeof(T), r => r.OrNull(() => make(r)));

    private static IEnumerable<(Type, Func<RandomValues, object?>)> Scalars() =>
    [
        Of(r => r.Int32()),
        Of<int?>(r => r.Maybe(r.Int32)),
        Of(r => r.StringOrNull()),
        OrNull(r => r.Bytes(r.Length())),
        Of(Color),
        Of(r => r.Maybe(() => Color(r))),
        OrNull(r => new Scalars(
            r.Bool(), (sbyte)r.Int64(), (short)r.Int64(), r.Int32(), r.Int64(), (byte)r.Int64(), (ushort)r.Int64(), (uint)r.Int64(), (ulong)r.Int64(), r.Int128(),
            (UInt128)r.Int128())
        {
            Single = (float)r.Double(), Double = r.Double(), Decimal = r.Decimal(), Half = (Half)r.Double(), Char = (char)r.Int64(), Guid = r.Guid(), Time = r.DateTime(),
            Offset = r.DateTimeOffset(), Date = DateOnly.FromDateTime(r.DateTime()), Clock = new(r.Ticks(TimeOnly.MaxValue.Ticks)), Span = new(r.Int64()), Uri = r.Uri(),
            Version = r.Version(), Missing = r.Maybe(r.DateTime), Color = r.Maybe(() => Color(r)), Big = r.BigInteger(),
        }),
    ];

    private static IEnumerable<(Type, Func<RandomValues, object?>)> Objects() =>
    [
        Of(PointOrNull),
        Of(PointStruct),
        Of(r => r.Maybe(() => PointStruct(r))),
        Of(r => new Money(r.Decimal(), r.StringOrNull()!)),
        Of(r => new Fields { X = r.Int32(), Y = r.Int32() }),
        OrNull(r => new Settable { Id = r.Int32(), Name = r.StringOrNull() }),
        OrNull(r => new InitOnly { Id = r.Int32(), Name = r.StringOrNull() }),
        OrNull(r => new Required { Id = r.Int32(), Name = r.StringOrNull()! }),
        OrNull(_ => new Empty()),
        OrNull(r => new Keywords(r.Int32(), r.Int32(), r.StringOrNull()!, r.Int32()) { i = r.Int32() }),
        OrNull(r => new CaseOnly { Id = r.Int32(), id = r.Int32() }),
        OrNull(r => new Virtual { Id = r.Int32() }),
        OrNull(r => new Ignoring { Id = r.Int32() }),
        OrNull(r => new Annotated(r.StringOrNull()!, r.StringOrNull(), [.. r.Array(r.StringOrNull)], r.OrNull(() => r.Array(r.String).ToList()))),
    ];

    private static IEnumerable<(Type, Func<RandomValues, object?>)> Constructed() =>
    [
        OrNull(r => new RequiredBeside(r.Int32()) { Name = r.StringOrNull()! }),
        OrNull(r => new ConstructorBeside(r.Int32(), r.StringOrNull()!) { Field = r.Int32(), Note = r.StringOrNull() }),
        OrNull(r => new OptionalParameter(r.Int32(), name: r.StringOrNull())),
        OrNull(r => new Computed(r.Int32(), r.Int32())),
        OrNull(r => new ReadOnlyField(r.Int32())),
        OrNull(r => new ByChoice(r.Int32()) { Name = r.StringOrNull() }),
        OrNull(r => new Base(r.Int32(), r.StringOrNull()!) { Inherited = Numbers(r) }),
        OrNull(r => new Derived(r.Int32(), r.StringOrNull()!) { Inherited = Numbers(r), Extra = r.Double() }),
        OrNull(r => new Dog(r.StringOrNull()!, r.Int32()) { Legs = r.Int32() }),
    ];

    private static IEnumerable<(Type, Func<RandomValues, object?>)> Nested() =>
    [
        Of(r => r.Random.Next(50) == 0 ? Chain(r.Random.Next(1, 500)) : Tree(r, 4)),
        Of(r => Person(r, 3)),
        Of(r => Wide(r, 3)),
        Of(r => Page(r, PointOrNull)),
        Of(r => Page(r, r.StringOrNull)),
        Of(r => Page(r, () => Page(r, () => r.Maybe(() => PointStruct(r))))),
        OrNull(r => new Tuples(
            (r.Int32(), r.String()), r.Maybe(() => (r.Int32(), PointOrNull(r), r.Ints())), r.OrNull(() => Tuple.Create(r.Int32(), PointOrNull(r)!))!,
            (1, r.Int32(), 3, 4, 5, 6, r.Int32(), r.StringOrNull()!, PointOrNull(r)!), new(r.Int32()))),
        Of<(int, string?, Point)>(r => (r.Int32(), r.StringOrNull(), PointOrNull(r)!)),
    ];

    private static IEnumerable<(Type, Func<RandomValues, object?>)> Collections() =>
    [
        OrNull<List<Point>>(r => [.. r.Array(() => PointOrNull(r)!)]),
        OrNull<IReadOnlyList<Point?>>(r => r.Array(() => PointOrNull(r))),
        OrNull(r => r.Array(r.Ints)),
        OrNull(r => r.Map(r.String, () => r.OrNull<List<Point?>>(() => [.. r.Array(() => PointOrNull(r))]))),
        OrNull(r => new Sequences
        {
            Points = r.Array(() => PointOrNull(r)!), Array = r.Ints(), Jagged = r.Array(r.Ints), List = Numbers(r)!, Linked = new(r.Ints()), Collection = [.. r.Ints()],
            ReadOnly = new(r.Ints()), Observable = [.. r.Ints()], Set = [.. r.Ints()], Sorted = [.. r.Ints()], Queue = new(r.Ints()), Stack = new(r.Ints()),
            Bytes = r.Bytes(r.Length()), Memory = r.Bytes(r.Length()), ReadOnlyMemory = r.Bytes(r.Length()),
        }),
        OrNull(r => new Interfaces(
            r.Array(() => PointOrNull(r)!), new LinkedList<string>(r.Array(r.String)), r.Ints().Where(number => number > 0), r.Array(() => r.Maybe(r.Int32)), new Queue<int>(r.Ints()),
            r.Ints().ToHashSet(), r.Array(r.String).ToHashSet(), r.Map(), r.Map(r.String, () => PointOrNull(r)!))),
        OrNull(r => new Maps(
            r.Map(r.String, () => PointOrNull(r)!), new(r.Map(r.Int32, r.String)), new(r.Map(r.Word, r.Int32)), new(r.Map()), r.Map(r.String, () => PointOrNull(r)!).ToFrozenDictionary(),
            r.Map(() => Color(r), r.Ints), r.Map(r.Guid, r.Int32), new(r.StringOrNull()!, PointOrNull(r)!))),
        OrNull(r => new Immutables(
            r.Bool() ? default : [.. r.Array(() => PointOrNull(r)!)], [.. r.Ints()], [.. r.Ints()], [.. r.Ints()], [.. r.Ints()], [.. r.Ints()], r.Map().ToImmutableDictionary(),
            r.Map(r.Word, r.Int32).ToImmutableSortedDictionary(), r.Ints().ToFrozenSet())),
        OrNull(r => new Wrapped(
            r.Array(() => PointOrNull(r)!).ToImmutableArray(), ImmutableQueue.Create(r.Ints()), ImmutableStack.Create(r.Ints()), r.Ints().ToImmutableHashSet(),
            r.Map(r.String, () => PointOrNull(r)!).ToImmutableDictionary(), new(r.Ints().ToHashSet()), new(r.Map(r.String, () => PointOrNull(r)!)),
            new(r.Map(r.String, () => PointOrNull(r)!)))),
        Of(r => new Grids(r.Grid(r.Int32), r.OrNull(() => Cube(r))!)),
    ];

    private static IEnumerable<(Type, Func<RandomValues, object?>)> Marked() =>
    [
        OrNull(r => new Numbered { First = r.Int32(), Third = r.StringOrNull() }),
        OrNull(r => new Keyed { Id = r.Int32(), Name = r.StringOrNull() }),
        OrNull(r => new Named(r.Int32()) { Field = r.Int32() }),
        OrNull(r => new ByPlace(r.Int32(), r.Int32())),
        Of(r => Union(r, 4)),
        Of(r => new MarkedStruct { X = r.Int32(), Y = r.Int32() }),
    ];

    private static Color Color(RandomValues r) => (Color)r.Int64();

    private static Point? PointOrNull(RandomValues r) => r.OrNull(() => new Point(r.Int32(), r.Int32()));

    private static PointStruct PointStruct(RandomValues r) => new(r.Int32(), r.Int32());

    private static List<int>? Numbers(RandomValues r) => r.OrNull<List<int>>(() => [.. r.Ints()]);

    private static Page<T>? Page<T>(RandomValues r, Func<RandomValues, T?> item) => Page(r, () => item(r)!);

    private static Page<T>? Page<T>(RandomValues r, Func<T> item) => r.OrNull(() => new Page<T>(r.Array(item), r.Int32()));

    // Once in a while more than may be nested: siblings do not count as depth.
    private static List<T>? Some<T>(RandomValues r, Func<T> element) =>
        r.Random.Next(4) == 0 ? null : [.. Enumerable.Range(0, r.Random.Next(1000) == 0 ? 600 : r.Random.Next(4)).Select(_ => element())];

    private static Tree? Tree(RandomValues r, int depth) =>
        depth == 0 || r.Random.Next(6) == 0 ? null : new(r.Int32(), Some(r, () => Tree(r, depth - 1)!));

    private static Tree Chain(int depth) => new(depth, depth == 1 ? null : [Chain(depth - 1)]);

    private static Person? Person(RandomValues r, int depth) => depth == 0 || r.Random.Next(6) == 0
        ? null
        : new(r.StringOrNull()!, r.OrNull(() => new Company(r.StringOrNull()!, Some(r, () => Person(r, depth - 1)!)!)));

    private static Wide? Wide(RandomValues r, int depth) => depth == 0 || r.Random.Next(6) == 0
        ? null
        : new() { B = (r.Decimal(), 2, 3, 4, 5, 6, r.Decimal()), C = (default, r.Guid(), default, default, default, default, default), Next = Some(r, () => Wide(r, depth - 1)!) };

    private static IShape? Union(RandomValues r, int depth) => r.Random.Next(3) switch
    {
        0 => null,
        1 when depth > 0 => new Group { Shapes = Some(r, () => Union(r, depth - 1)!) },
        _ => new Circle { Radius = r.Int32() },
    };

    private static Point[,,] Cube(RandomValues r)
    {
        var cube = new Point[r.Random.Next(3), r.Random.Next(3), 2];
        for (int i = 0; i < cube.Length; i++)
            cube[i / 2 / cube.GetLength(1), i / 2 % cube.GetLength(1), i % 2] = PointOrNull(r)!;
        return cube;
    }
}
