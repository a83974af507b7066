using System.Buffers;
using CachedAttr.Serialization;
using SerializationHarness;

namespace CachedAttr.Tests.Serialization;

public sealed class SpecVectorTests
{
    public static TheoryData<string> Names => [.. SpecVectors.All.Keys];

    /// <summary>A value, encodings of it that are not the smallest, and the type that reads it.</summary>
    public static TheoryData<string, long> LongIntegers => new()
    {
        { "cc01", 1 }, { "cd0001", 1 }, { "ce00000001", 1 }, { "cf0000000000000001", 1 },
        { "d001", 1 }, { "d10001", 1 }, { "d200000001", 1 }, { "d30000000000000001", 1 },
        { "d0ff", -1 }, { "d1ffff", -1 }, { "d2ffffffff", -1 }, { "d3ffffffffffffffff", -1 },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_value_is_written_as_the_specification_says(string name)
    {
        SpecVector vector = SpecVectors.All[name];
        Assert.Equal(vector.Bytes, Codec.Bytes(vector.Write));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_value_is_written_alike_into_lent_spans_of_the_least_size(string name)
    {
        SpecVector vector = SpecVectors.All[name];
        ScantBuffer buffer = new();
        MessagePackWriter writer = new(buffer);
        writer.WriteNil();
        vector.Write(ref writer);
        writer.Flush();
        Assert.Equal([0xc0, .. vector.Bytes], buffer.Written);
    }

    [Theory, MemberData(nameof(Names))]
    public void Bytes_are_read_as_the_specification_says(string name)
    {
        SpecVector vector = SpecVectors.All[name];
        Assert.Equal(vector.Value, Codec.Value(vector.Bytes, vector.Read));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_value_is_skipped_whole(string name)
    {
        MessagePackReader reader = new(SpecVectors.All[name].Bytes);
        reader.Skip();
        Assert.True(reader.End);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_value_that_is_cut_off_anywhere_is_malformed(string name)
    {
        SpecVector vector = SpecVectors.All[name];
        int step = Math.Max(1, vector.Bytes.Length / 100);
        for (int length = 0; length < vector.Bytes.Length; length += step)
        {
            byte[] cut = vector.Bytes[..length];
            Assert.Throws<MessagePackException>(() => Codec.Value(cut, vector.Read));
            Assert.Throws<MessagePackException>(() => Codec.Value(cut, (ref r) => Skip(ref r)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Segments_make_no_difference(string name)
    {
        SpecVector vector = SpecVectors.All[name];
        int step = Math.Max(1, vector.Bytes.Length / 100);
        for (int at = 0; at <= vector.Bytes.Length; at += step)
            Read(vector, Segments.Split(vector.Bytes, at));
        if (vector.Bytes.Length < 1000)
            Read(vector, Segments.Shatter(vector.Bytes));

        static void Read(SpecVector vector, ReadOnlySequence<byte> payload)
        {
            MessagePackReader reader = new(payload);
            Assert.Equal(payload.Length, reader.Remaining);
            Assert.Equal(vector.Value, vector.Read(ref reader));
            Assert.True(reader.End);
            reader = new MessagePackReader(payload);
            reader.Skip();
            Assert.True(reader.End);
        }
    }

    [Theory, MemberData(nameof(LongIntegers))]
    public void An_integer_is_read_from_any_encoding(string hex, long value)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.Equal(value, Codec.Value(bytes, (ref r) => r.ReadInt64()));
        Assert.Equal(value, Codec.Value(bytes, (ref r) => r.ReadInt32()));
        Assert.Equal(value, Codec.Value(bytes, (ref r) => r.ReadInt16()));
        Assert.Equal(value, Codec.Value(bytes, (ref r) => r.ReadSByte()));
        if (value < 0)
            return;
        Assert.Equal((ulong)value, Codec.Value(bytes, (ref r) => r.ReadUInt64()));
        Assert.Equal((ulong)value, Codec.Value(bytes, (ref r) => r.ReadUInt32()));
        Assert.Equal((ulong)value, Codec.Value(bytes, (ref r) => r.ReadUInt16()));
        Assert.Equal((ulong)value, Codec.Value(bytes, (ref r) => r.ReadByte()));
    }

    [Fact]
    public void An_integer_that_does_not_fit_is_refused()
    {
        Refuse(128, (ref r) => r.ReadSByte());
        Refuse(-129, (ref r) => r.ReadSByte());
        Refuse(32768, (ref r) => r.ReadInt16());
        Refuse(2147483648, (ref r) => r.ReadInt32());
        Refuse(-2147483649, (ref r) => r.ReadInt32());
        Refuse(256, (ref r) => r.ReadByte());
        Refuse(65536, (ref r) => r.ReadUInt16());
        Refuse(4294967296, (ref r) => r.ReadUInt32());
        Refuse(-1, (ref r) => r.ReadByte());
        Refuse(-1, (ref r) => r.ReadUInt64());
        Refuse(-200, (ref r) => r.ReadUInt64());
        byte[] largest = Codec.Bytes((ref w) => w.WriteUInt64(ulong.MaxValue));
        Assert.Throws<MessagePackException>(() => Codec.Value(largest, (ref r) => r.ReadInt64()));

        static void Refuse<T>(long value, Reading<T> read)
        {
            byte[] bytes = Codec.Bytes((ref w) => w.WriteInt64(value));
            Assert.Throws<MessagePackException>(() => Codec.Value(bytes, read));
        }
    }

    [Fact]
    public void Every_first_byte_has_its_type()
    {
        for (int code = 0; code <= 0xff; code++)
        {
            MessagePackReader reader = new([(byte)code]);
            Assert.Equal(Expected(code), reader.PeekType());
            Assert.Equal(1, reader.Remaining);
        }

        static MessagePackType Expected(int code) => code switch
        {
            <= 0x7f or >= 0xe0 or (>= 0xcc and <= 0xd3) => MessagePackType.Integer,
            <= 0x8f or 0xde or 0xdf => MessagePackType.Map,
            <= 0x9f or 0xdc or 0xdd => MessagePackType.Array,
            <= 0xbf or (>= 0xd9 and <= 0xdb) => MessagePackType.String,
            0xc0 => MessagePackType.Nil,
            0xc1 => MessagePackType.Invalid,
            0xc2 or 0xc3 => MessagePackType.Boolean,
            <= 0xc6 => MessagePackType.Binary,
            <= 0xc9 => MessagePackType.Extension,
            <= 0xcb => MessagePackType.Float,
            _ => MessagePackType.Extension,
        };
    }

    private static bool Skip(ref MessagePackReader reader)
    {
        reader.Skip();
        return true;
    }

    /// <summary>Lends exactly what is asked for, filled with noise.</summary>
    private sealed class ScantBuffer : IBufferWriter<byte>
    {
        private byte[] _lent = [];

        public List<byte> Written { get; } = [];

        public void Advance(int count) => Written.AddRange(_lent.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            _lent = new byte[Math.Max(1, sizeHint)];
            Array.Fill(_lent, (byte)0xc1);
            return _lent;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
