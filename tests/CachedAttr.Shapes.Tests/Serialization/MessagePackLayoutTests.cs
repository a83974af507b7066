using CachedAttr.Serialization;
using MessagePack;

namespace CachedAttr.Shapes.Tests.Serialization;

#pragma warning disable CA1034, CA1051, MA0008

/// <summary>The layouts of types with the MessagePack package's attributes, byte by byte.</summary>
public sealed class MessagePackLayoutTests
{
    [Fact]
    public void Numbers_are_places_in_an_array_with_nil_in_the_holes() =>
        Check(nameof(MarkedPayloads.GetNumbered), new Numbered { Third = "a", First = 7, Ignored = 5 }, "94-07-C0-C0-A1-61");

    [Fact]
    public void Texts_are_keys_of_a_map() =>
        Check(nameof(MarkedPayloads.GetKeyed), new Keyed { Id = 7, Name = "a" }, "82-A1-69-07-A1-6E-A1-61");

    [Fact]
    public void Names_are_keys_of_a_map_and_computed_ones_are_written_too() =>
        Check(nameof(MarkedPayloads.GetNamed), new Named(7) { Field = 1 }, "83-A2-49-64-07-A5-54-77-69-63-65-0E-A5-46-69-65-6C-64-01");

    [Fact]
    public void A_constructor_takes_members_by_place_where_their_names_differ() =>
        Check(nameof(MarkedPayloads.GetByPlace), new ByPlace(1, 2), "92-01-02");

    [Fact]
    public void A_union_is_the_number_of_the_case_and_its_value()
    {
        Check<IShape>(nameof(MarkedPayloads.GetShape), new Circle { Radius = 3 }, "92-00-91-03");
        Check<IShape>(nameof(MarkedPayloads.GetShape), new Group { Shapes = [new Circle { Radius = 1 }] }, "92-05-91-91-92-00-91-01");
        Assert.Throws<MessagePackException>(() => SerializerOf.Method<IShape>(typeof(MarkedPayloads), nameof(MarkedPayloads.GetShape)).Serialize(new Square()));
    }

    [Fact]
    public void A_struct_with_numbers_is_an_array() => Check(nameof(MarkedPayloads.GetStruct), new MarkedStruct { X = 1, Y = 2 }, "92-02-01");

    [Fact]
    public void A_map_is_read_in_any_order_with_others_in_between()
    {
        var serializer = SerializerOf.Method<Keyed>(typeof(MarkedPayloads), nameof(MarkedPayloads.GetKeyed));
        var read = serializer.Deserialize([0x83, 0xA1, 0x6E, 0xA1, 0x61, 0xA1, 0x78, 0x91, 0x01, 0xA1, 0x69, 0x07]);
        Assert.Equal((7, "a"), (read.Id, read.Name));
    }

    private static void Check<T>(string method, T value, string bytes)
    {
        var serializer = SerializerOf.Method<T>(typeof(MarkedPayloads), method);
        byte[] payload = serializer.Serialize(value);
        Assert.Equal(bytes, BitConverter.ToString(payload));
        Assert.Equal(bytes, BitConverter.ToString(serializer.Serialize(serializer.Deserialize(payload))));
    }

    [MessagePackObject]
    public sealed class Numbered
    {
        [Key(3)]
        public string? Third { get; set; }

        [Key(0)]
        public int First { get; set; }

        [IgnoreMember]
        public int Ignored { get; set; }
    }

    [MessagePackObject]
    public sealed class Keyed
    {
        [Key("i")]
        public int Id { get; set; }

        [Key("n")]
        public string? Name { get; set; }
    }

    [MessagePackObject(keyAsPropertyName: true)]
    public sealed class Named(int id)
    {
        public int Field;

        public int Id { get; } = id;

        public int Twice => Id * 2;
    }

    [MessagePackObject]
    [method: SerializationConstructor]
    public sealed class ByPlace(int a, int b)
    {
        [Key(0)]
        public int First { get; } = a;

        [Key(1)]
        public int Second { get; } = b;
    }

    [Union(0, typeof(Circle))]
    [Union(5, typeof(Group))]
    public interface IShape;

    [MessagePackObject]
    public sealed class Circle : IShape
    {
        [Key(0)]
        public int Radius { get; set; }
    }

    [MessagePackObject]
    public sealed class Group : IShape
    {
        [Key(0)]
        public List<IShape>? Shapes { get; set; }
    }

    public sealed class Square : IShape;

    [MessagePackObject]
    public struct MarkedStruct
    {
        [Key(1)]
        public int X;

        [Key(0)]
        public int Y;
    }
}

public sealed partial class MarkedPayloads(Cache cache)
{
    [Cached("numbered", Ttl = 60)]
    public partial MessagePackLayoutTests.Numbered GetNumbered();

    private static MessagePackLayoutTests.Numbered GetNumberedCore() => new();

    [Cached("keyed", Ttl = 60)]
    public partial MessagePackLayoutTests.Keyed GetKeyed();

    private static MessagePackLayoutTests.Keyed GetKeyedCore() => new();

    [Cached("named", Ttl = 60)]
    public partial MessagePackLayoutTests.Named GetNamed();

    private static MessagePackLayoutTests.Named GetNamedCore() => new(1);

    [Cached("place", Ttl = 60)]
    public partial MessagePackLayoutTests.ByPlace GetByPlace();

    private static MessagePackLayoutTests.ByPlace GetByPlaceCore() => new(1, 2);

    [Cached("shape", Ttl = 60)]
    public partial MessagePackLayoutTests.IShape GetShape();

    private static MessagePackLayoutTests.IShape GetShapeCore() => new MessagePackLayoutTests.Circle();

    [Cached("struct", Ttl = 60)]
    public partial MessagePackLayoutTests.MarkedStruct GetStruct();

    private static MessagePackLayoutTests.MarkedStruct GetStructCore() => default;
}
