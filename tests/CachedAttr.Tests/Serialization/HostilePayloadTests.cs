using System.Buffers.Binary;
using CachedAttr.Serialization;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Tests.Serialization;

#pragma warning disable CS8631, CS8620 // nullability of a formatter's type argument

public sealed class HostilePayloadTests
{
    public static TheoryData<string> Claims => ["db7fffffff", "dbffffffff", "c67fffffff", "c6ffffffff", "dd7fffffff", "ddffffffff", "df7fffffff", "dfffffffff", "c97fffffff05"];

    [Theory, MemberData(nameof(Claims))]
    public void A_length_that_is_not_there_is_refused_before_anything_is_allocated(string prefix)
    {
        byte[] payload = [.. Convert.FromHexString(prefix), 1, 2, 3];
        Refuse(payload, (ref r) => r.ReadString());
        Refuse(payload, (ref r) => r.ReadBinary());
        Refuse(payload, (ref r) => r.ReadArrayHeader());
        Refuse(payload, (ref r) => r.ReadMapHeader());
        Refuse(payload, (ref r) => r.ReadExtensionHeader());
        Refuse(payload, (ref r) => ListFormatter<Guid, GuidFormatter>.Read(ref r));
        Refuse(payload, (ref r) => DictionaryFormatter<string, StringFormatter, int, Int32Formatter>.Read(ref r));
        Refuse(payload, (ref r) =>
        {
            r.Skip();
            return 0;
        });
    }

    [Fact]
    public void Headers_in_headers_do_not_multiply_memory()
    {
        // Each level is a node whose list claims nearly all bytes that follow; if each were believed, a hundred would take 800 MB.
        const int Length = 1 << 20;
        byte[] payload = new byte[Length];
        for (int i = 0; i < 100 * 8; i += 8)
        {
            Convert.FromHexString("9301a0dd").CopyTo(payload, i);
            BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(i + 4), Length - i - 8);
        }

        long allocated = Allocated(payload, (ref r) => NodeFormatter.Read(ref r));
        Assert.InRange(allocated, 0, 20L * Length);
    }

    [Fact]
    public void Skipping_needs_no_stack()
    {
        byte[] payload = new byte[1_000_000];
        Array.Fill(payload, (byte)0x91);
        payload[^1] = 0xc0;
        MessagePackReader reader = new(payload);
        reader.Skip();
        Assert.True(reader.End);
    }

    [Fact]
    public void Skipping_does_no_work_that_the_payload_does_not_pay_for()
    {
        // Ten nested claims of all that remains: 10^12 values owed, and a refusal at the second.
        byte[] payload = new byte[1000];
        for (int i = 0; i < 30; i += 3)
            (payload[i], payload[i + 1], payload[i + 2]) = (0xdc, 0x03, (byte)(0xe0 - i));
        Refuse(payload, (ref r) =>
        {
            r.Skip();
            return 0;
        });
    }

    [Fact]
    public void Objects_nest_five_hundred_levels_and_no_more()
    {
        Assert.Equal(MessagePackWriter.MaxDepth, Depth(Codec.Decode<Node?, NodeFormatter>(Chain(MessagePackWriter.MaxDepth))));
        Assert.Throws<MessagePackException>(() => Codec.Decode<Node?, NodeFormatter>(Chain(MessagePackWriter.MaxDepth + 1)));
        Assert.Throws<MessagePackException>(() => Codec.Decode<Node?, NodeFormatter>(Chain(1_000_000)));
    }

    [Fact]
    public void A_cyclic_graph_is_refused_and_does_not_end_the_process()
    {
        List<Node> children = [];
        Node node = new(1, null, children);
        children.Add(node);
        Assert.Throws<MessagePackException>(() => Codec.Encode<Node?, NodeFormatter>(node));
    }

    [Fact]
    public void Keys_that_come_twice_are_malformed()
    {
        Refuse(Convert.FromHexString("82a16101a16102"), (ref r) => DictionaryFormatter<string, StringFormatter, int, Int32Formatter>.Read(ref r));
        Refuse(Convert.FromHexString("82a16101a16102"), (ref r) => SortedDictionaryFormatter<string, StringFormatter, int, Int32Formatter>.Read(ref r));
        Refuse(Convert.FromHexString("920101"), (ref r) => HashSetFormatter<int, Int32Formatter>.Read(ref r));
        Refuse(Convert.FromHexString("920101"), (ref r) => ImmutableSortedSetFormatter<int, Int32Formatter>.Read(ref r));
        Refuse(Convert.FromHexString("81c001"), (ref r) => DictionaryFormatter<string, StringFormatter, int, Int32Formatter>.Read(ref r));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_malformed()
    {
        foreach (string hex in new[] { "a1ff", "a2c328", "a3eda080", "a2c080", "a1e2" })
            Refuse(Convert.FromHexString(hex), (ref r) => r.ReadString());
    }

    [Fact]
    public void Values_out_of_range_are_malformed()
    {
        Refuse(Codec.Bytes((ref w) => w.WriteInt32(DateOnly.MaxValue.DayNumber + 1)), (ref r) => DateOnlyFormatter.Read(ref r));
        Refuse(Codec.Bytes((ref w) => w.WriteInt64(TimeOnly.MaxValue.Ticks + 1)), (ref r) => TimeOnlyFormatter.Read(ref r));
        Refuse(Codec.Bytes((ref w) => w.WriteTimestamp(new MessagePackTimestamp(253_402_300_800, 0))), (ref r) => DateTimeFormatter.Read(ref r));
        Refuse(Convert.FromHexString("920003"), (ref r) => DateTimeFormatter.Read(ref r));
        Refuse(Convert.FromHexString("92d6ff00000000cd0349"), (ref r) => DateTimeOffsetFormatter.Read(ref r));
        Refuse(Convert.FromHexString("ca47800000"), (ref r) => HalfFormatter.Read(ref r));
        Refuse(Convert.FromHexString("a13a"), (ref r) => GuidFormatter.Read(ref r));
        Refuse(Convert.FromHexString("a3312c32"), (ref r) => DecimalFormatter.Read(ref r));

        // Arrays of three elements that claim to be 2 x 2, or 65536 x 65536 x 0.
        Refuse(Convert.FromHexString("93020293010203"), (ref r) => TwoDimensionalArrayFormatter<int, Int32Formatter>.Read(ref r));
        Refuse(Convert.FromHexString("94ce00010000ce000100000090"), (ref r) => ThreeDimensionalArrayFormatter<int, Int32Formatter>.Read(ref r));
    }

    private static byte[] Chain(int depth) => Codec.Bytes((ref w) =>
    {
        for (int i = 0; i < depth; i++)
        {
            w.WriteArrayHeader(3);
            w.WriteInt32(i);
            w.WriteNil();
            w.WriteArrayHeader(1);
        }

        w.WriteNil();
    });

    private static int Depth(Node? node)
    {
        int depth = 0;
        for (; node is not null; node = node.Children?[0])
            depth++;
        return depth;
    }

    private static void Refuse<T>(byte[] payload, Reading<T> read) => Assert.InRange(Allocated(payload, read), 0, 16 * 1024);

    /// <summary>What reading allocates until it is refused.</summary>
    private static long Allocated<T>(byte[] payload, Reading<T> read)
    {
        Assert.Throws<MessagePackException>(() => Codec.Value(payload, read));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MessagePackException>(() => Codec.Value(payload, read));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
