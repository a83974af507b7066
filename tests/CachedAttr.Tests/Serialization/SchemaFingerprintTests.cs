using CachedAttr.Serialization;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Tests.Serialization;

#pragma warning disable CS8631, CS8620 // nullability of a formatter's type argument

public sealed class SchemaFingerprintTests
{
    [Fact]
    public void A_shape_reads_as_its_declaration()
    {
        SchemaBuilder schema = new();
        NodeFormatter.Describe(schema);
        Assert.Equal("1:array[2'Id:int32,4'Name:string,8'Children:list(^0),]", schema.ToString());
    }

    [Fact]
    public void A_fingerprint_is_the_same_in_every_process()
    {
        // Written down: an unintended change of it makes every stored entry a miss.
        Assert.Equal(0x40667bf2ef03a1d4UL, SchemaBuilder.FingerprintOf<Node?, NodeFormatter>());
        Assert.Equal(0x80588719ba8c2f49UL, SchemaBuilder.FingerprintOf<int, Int32Formatter>());
    }

    [Fact]
    public void A_changed_member_changes_the_fingerprint()
    {
        string[] shapes =
        [
            Shape(s => s.Member<int, Int32Formatter>("Id")),
            Shape(s => s.Member<int, Int32Formatter>("Key")),
            Shape(s => s.Member<long, Int64Formatter>("Id")),
            Shape(s => s.Member<int?, NullableFormatter<int, Int32Formatter>>("Id")),
            Shape(s => s.Member<Families.Signed32, EnumFormatter<Families.Signed32>>("Id")),
            Shape(s => s.Member<Families.Signed64, EnumFormatter<Families.Signed64>>("Id")),
            Shape(s => s.Member<List<int>?, ListFormatter<int, Int32Formatter>>("Id")),
            Shape(s => s.Member<HashSet<int>?, HashSetFormatter<int, Int32Formatter>>("Id")),
            Shape(s => s.Member<int, Int32Formatter>("Id"), s => s.Member<int, Int32Formatter>("Age")),
            Shape(s => s.Member<int, Int32Formatter>("Age"), s => s.Member<int, Int32Formatter>("Id")),
            Shape(s => s.Member<int, Int32Formatter>("Id:int32,3'Age")),
        ];
        Assert.Distinct(shapes);
    }

    [Fact]
    public void Types_that_are_written_alike_have_the_same_shape()
    {
        Assert.Equal(
            SchemaBuilder.FingerprintOf<List<int>?, ListFormatter<int, Int32Formatter>>(),
            SchemaBuilder.FingerprintOf<int[]?, ArrayFormatter<int, Int32Formatter>>());
    }

    [Fact]
    public void Layouts_differ()
    {
        string[] shapes = [.. Enum.GetValues<SchemaLayout>().Select(layout =>
        {
            SchemaBuilder schema = new();
            Assert.True(schema.BeginObject<Node>(layout));
            schema.EndObject();
            return schema.ToString();
        })];
        Assert.Distinct(shapes);
    }

    private static string Shape(params Action<SchemaBuilder>[] members)
    {
        SchemaBuilder schema = new();
        Assert.True(schema.BeginObject<Node>(SchemaLayout.Array));
        foreach (Action<SchemaBuilder> member in members)
            member(schema);
        schema.EndObject();
        return schema.ToString();
    }
}
