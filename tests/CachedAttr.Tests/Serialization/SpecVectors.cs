using System.Text;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Serialization;

/// <summary>A value and its bytes, as the MessagePack specification demands them: each format at its boundaries.</summary>
internal sealed record SpecVector(string Name, string Hex, Writing Write, Reading<object?> Read, object? Value)
{
    public byte[] Bytes { get; } = Convert.FromHexString(Hex.Replace(" ", "", StringComparison.Ordinal));
}

internal static class SpecVectors
{
    public static IReadOnlyDictionary<string, SpecVector> All { get; } = Build().ToDictionary(vector => vector.Name);

    private static IEnumerable<SpecVector> Build() =>
    [
        new("nil", "c0", (ref w) => w.WriteNil(), (ref r) => r.TryReadNil(), true),
        new("false", "c2", (ref w) => w.WriteBoolean(false), (ref r) => r.ReadBoolean(), false),
        new("true", "c3", (ref w) => w.WriteBoolean(true), (ref r) => r.ReadBoolean(), true),
        .. Integers(),
        .. Floats(),
        .. Texts(),
        .. Binaries(),
        .. Headers(),
        .. Extensions(),
        .. Timestamps(),
    ];

    private static IEnumerable<SpecVector> Integers()
    {
        yield return Signed(0, "00");
        yield return Signed(1, "01");
        yield return Signed(127, "7f");
        yield return Signed(128, "cc80");
        yield return Signed(255, "ccff");
        yield return Signed(256, "cd0100");
        yield return Signed(65535, "cdffff");
        yield return Signed(65536, "ce00010000");
        yield return Signed(4294967295, "ceffffffff");
        yield return Signed(4294967296, "cf0000000100000000");
        yield return Signed(long.MaxValue, "cf7fffffffffffffff");
        yield return Signed(-1, "ff");
        yield return Signed(-32, "e0");
        yield return Signed(-33, "d0df");
        yield return Signed(-128, "d080");
        yield return Signed(-129, "d1ff7f");
        yield return Signed(-32768, "d18000");
        yield return Signed(-32769, "d2ffff7fff");
        yield return Signed(-2147483648, "d280000000");
        yield return Signed(-2147483649, "d3ffffffff7fffffff");
        yield return Signed(long.MinValue, "d38000000000000000");
        yield return Unsigned(128, "cc80");
        yield return Unsigned(9223372036854775808, "cf8000000000000000");
        yield return Unsigned(ulong.MaxValue, "cfffffffffffffffff");
    }

    private static IEnumerable<SpecVector> Floats()
    {
        yield return new("float32 1.5", "ca3fc00000", (ref w) => w.WriteSingle(1.5f), (ref r) => r.ReadSingle(), 1.5f);
        yield return new("float32 -0", "ca80000000", (ref w) => w.WriteSingle(-0f), (ref r) => BitConverter.SingleToUInt32Bits(r.ReadSingle()), 0x80000000u);
        yield return new("float32 NaN", "caffc00000", (ref w) => w.WriteSingle(float.NaN), (ref r) => r.ReadSingle(), float.NaN);
        yield return new("float64 1.5", "cb3ff8000000000000", (ref w) => w.WriteDouble(1.5), (ref r) => r.ReadDouble(), 1.5);
        yield return new("float64 inf", "cb7ff0000000000000", (ref w) => w.WriteDouble(double.PositiveInfinity), (ref r) => r.ReadDouble(), double.PositiveInfinity);
        yield return new("float64 pi", "cb400921fb54442d18", (ref w) => w.WriteDouble(Math.PI), (ref r) => r.ReadDouble(), Math.PI);
    }

    private static IEnumerable<SpecVector> Texts()
    {
        yield return Text("empty", "", "a0");
        yield return Text("a", "a", "a161");
        yield return Text("two bytes", "\u00e9", "a2c3a9");
        yield return Text("three bytes", "\u20ac", "a3e282ac");
        yield return Text("four bytes", "\U0001f600", "a4f09f9880");
        yield return Text("31", new string('a', 31), "bf" + Repeat("61", 31));
        yield return Text("32", new string('a', 32), "d920" + Repeat("61", 32));
        yield return Text("255", new string('a', 255), "d9ff" + Repeat("61", 255));
        yield return Text("256", new string('a', 256), "da0100" + Repeat("61", 256));
        yield return Text("65535", new string('a', 65535), "daffff" + Repeat("61", 65535));
        yield return Text("65536", new string('a', 65536), "db00010000" + Repeat("61", 65536));

        // The header's length is known only after encoding: fewer characters than the boundary, more bytes.
        yield return Text("16 x 2", new string('\u00e9', 16), "d920" + Repeat("c3a9", 16));
        yield return Text("86 x 3", new string('\u20ac', 86), "da0102" + Repeat("e282ac", 86));
        yield return Text("21846 x 3", new string('\u20ac', 21846), "db00010002" + Repeat("e282ac", 21846));
    }

    private static IEnumerable<SpecVector> Binaries()
    {
        yield return Binary(0, "c400");
        yield return Binary(1, "c401");
        yield return Binary(255, "c4ff");
        yield return Binary(256, "c50100");
        yield return Binary(65535, "c5ffff");
        yield return Binary(65536, "c600010000");
    }

    private static IEnumerable<SpecVector> Headers()
    {
        yield return Array(0, "90");
        yield return Array(15, "9f");
        yield return Array(16, "dc0010");
        yield return Array(65535, "dcffff");
        yield return Array(65536, "dd00010000");
        yield return Map(0, "80");
        yield return Map(15, "8f");
        yield return Map(16, "de0010");
        yield return Map(65535, "deffff");
        yield return Map(65536, "df00010000");
    }

    private static IEnumerable<SpecVector> Extensions()
    {
        yield return Extension(5, 0, "c70005");
        yield return Extension(5, 1, "d405");
        yield return Extension(-128, 2, "d580");
        yield return Extension(127, 4, "d67f");
        yield return Extension(5, 8, "d705");
        yield return Extension(5, 16, "d805");
        yield return Extension(5, 3, "c70305");
        yield return Extension(5, 17, "c71105");
        yield return Extension(5, 255, "c7ff05");
        yield return Extension(5, 256, "c8010005");
        yield return Extension(5, 65535, "c8ffff05");
        yield return Extension(5, 65536, "c90001000005");
    }

    private static IEnumerable<SpecVector> Timestamps()
    {
        yield return Timestamp(0, 0, "d6ff00000000");
        yield return Timestamp(uint.MaxValue, 0, "d6ffffffffff");
        yield return Timestamp(4294967296, 0, "d7ff0000000100000000");
        yield return Timestamp(0, 1, "d7ff0000000400000000");
        yield return Timestamp((1L << 34) - 1, 999_999_999, "d7ffee6b27ffffffffff");
        yield return Timestamp(1L << 34, 0, "c70cff000000000000000400000000");
        yield return Timestamp(-1, 999_999_999, "c70cff3b9ac9ffffffffffffffffff");
        yield return Timestamp(long.MinValue, 0, "c70cff000000008000000000000000");
    }

    private static SpecVector Signed(long value, string hex) =>
        new($"int {value}", hex, (ref w) => w.WriteInt64(value), (ref r) => r.ReadInt64(), value);

    private static SpecVector Unsigned(ulong value, string hex) =>
        new($"uint {value}", hex, (ref w) => w.WriteUInt64(value), (ref r) => r.ReadUInt64(), value);

    private static SpecVector Text(string name, string value, string hex) =>
        new($"str {name}", hex, (ref w) => w.WriteString(value), (ref r) => r.ReadString(), value);

    private static SpecVector Binary(int length, string header)
    {
        byte[] value = Encoding.ASCII.GetBytes(new string('b', length));
        return new($"bin {length}", header + Repeat("62", length), (ref w) => w.WriteBinary(value), (ref r) => r.ReadBinary(), value);
    }

    private static SpecVector Array(int count, string header) => new($"array {count}", header + Repeat("c0", count),
        (ref w) =>
        {
            w.WriteArrayHeader(count);
            Nils(ref w, count);
        },
        (ref r) =>
        {
            int read = r.ReadArrayHeader();
            for (int i = 0; i < count; i++)
                Assert.True(r.TryReadNil());
            return read;
        },
        count);

    private static SpecVector Map(int count, string header) => new($"map {count}", header + Repeat("c0c0", count),
        (ref w) =>
        {
            w.WriteMapHeader(count);
            Nils(ref w, 2 * count);
        },
        (ref r) =>
        {
            int read = r.ReadMapHeader();
            for (int i = 0; i < 2 * count; i++)
                Assert.True(r.TryReadNil());
            return read;
        },
        count);

    private static SpecVector Extension(sbyte type, int length, string header)
    {
        byte[] data = Encoding.ASCII.GetBytes(new string('e', length));
        return new($"ext {type} {length}", header + Repeat("65", length),
            (ref w) => w.WriteExtension(type, data),
            (ref r) =>
            {
                MessagePackExtensionHeader read = r.ReadExtensionHeader();
                byte[] bytes = new byte[read.Length];
                r.ReadRaw(bytes);
                Assert.Equal(data, bytes);
                return read;
            },
            new MessagePackExtensionHeader(type, length));
    }

    private static SpecVector Timestamp(long seconds, uint nanoseconds, string hex)
    {
        MessagePackTimestamp value = new(seconds, nanoseconds);
        return new($"timestamp {seconds} {nanoseconds}", hex, (ref w) => w.WriteTimestamp(value), (ref r) => r.ReadTimestamp(), value);
    }

    private static void Nils(ref MessagePackWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
            writer.WriteNil();
    }

    private static string Repeat(string hex, int count) => new StringBuilder(hex.Length * count).Insert(0, hex, count).ToString();
}
