using System.Buffers;
using CachedAttr.Serialization;
using SerializationHarness;

namespace CachedAttr.Tests.Serialization;

public sealed class SerializerTests
{
    [Fact]
    public void A_built_in_type_has_one_serializer_that_round_trips()
    {
        RoundTrip(42);
        RoundTrip<int?>(null);
        RoundTrip<string?>("text");
        RoundTrip(new byte[] { 1, 2, 3 });
        RoundTrip(new List<string> { "a", "b" });
        RoundTrip(new Dictionary<string, decimal> { ["a"] = 1.50m });
        RoundTrip(new DateTime(2026, 3, 14, 1, 2, 3, DateTimeKind.Local));
        RoundTrip(Int128.MaxValue);

        static void RoundTrip<T>(T value)
        {
            Assert.True(BuiltInSerializers.TryGet(out ICacheSerializer<T>? serializer));
            Assert.True(BuiltInSerializers.TryGet(out ICacheSerializer<T>? again));
            Assert.Same(serializer, again);
            Assert.NotEqual(0UL, serializer.SchemaFingerprint);
            ArrayBufferWriter<byte> buffer = new();
            serializer.Serialize(value, buffer);
            Assert.True(Sameness.Same(value, serializer.Deserialize(new ReadOnlySequence<byte>(buffer.WrittenMemory))));
        }
    }

    [Fact]
    public void Another_type_has_none() => Assert.False(BuiltInSerializers.TryGet<Node>(out _));

    [Fact]
    public void Bytes_after_the_value_are_malformed()
    {
        MessagePackSerializer<Node?, NodeFormatter> serializer = new();
        Assert.Null(serializer.Deserialize(new ReadOnlySequence<byte>([0xc0])));
        Assert.Throws<MessagePackException>(() => serializer.Deserialize(new ReadOnlySequence<byte>([0xc0, 0xc0])));
    }

    [Fact]
    public void What_a_constructor_throws_is_a_malformed_payload()
    {
        MessagePackSerializer<string, Picky> serializer = new();
        MessagePackException e = Assert.Throws<MessagePackException>(() => serializer.Deserialize(new ReadOnlySequence<byte>([0xc0])));
        Assert.IsType<FormatException>(e.InnerException);
    }

    [Fact]
    public void Writing_into_a_pooled_buffer_allocates_nothing()
    {
        Node node = new(1, "root", [new Node(2, new string('x', 5000), null), new Node(3, "caf\u00e9", [])]);
        MessagePackSerializer<Node?, NodeFormatter> serializer = new();
        using PooledBufferWriter buffer = new();
        for (int i = 0; i < 3; i++)
            Write();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Write();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Write()
        {
            buffer.Clear();
            serializer.Serialize(node, buffer);
        }
    }

    [Fact]
    public void A_pooled_buffer_grows_and_keeps_what_was_written()
    {
        using PooledBufferWriter buffer = new(capacity: 16);
        for (int i = 0; i < 10_000; i++)
        {
            buffer.GetSpan(1)[0] = (byte)i;
            buffer.Advance(1);
        }

        Assert.Equal(10_000, buffer.WrittenCount);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (byte)i), buffer.WrittenSpan.ToArray());
    }

    private readonly struct Picky : IMessagePackFormatter<string>
    {
        public static void Write(ref MessagePackWriter writer, string value) => writer.WriteString(value);

        public static string Read(ref MessagePackReader reader) => throw new FormatException("no");

        public static void Describe(SchemaBuilder schema) => schema.Scalar("picky");
    }
}
