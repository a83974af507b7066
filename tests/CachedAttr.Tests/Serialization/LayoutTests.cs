using System.Numerics;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Tests.Serialization;

#pragma warning disable CS8631 // nullability of a formatter's type argument

/// <summary>Bytes of the framework's types, written down: payloads of earlier versions must stay readable, and MessagePack-CSharp's are the same.</summary>
public sealed class LayoutTests
{
    private static readonly DateTime Date = new(2026, 3, 14, 9, 26, 53, DateTimeKind.Utc);

    [Fact]
    public void Scalars()
    {
        AssertBytes<char, CharFormatter>("cd20ac", '\u20ac');
        AssertBytes<Half, HalfFormatter>("ca3fc00000", (Half)1.5);
        AssertBytes<decimal, DecimalFormatter>("a62d31322e3530", -12.50m);
        AssertBytes<BigInteger, BigIntegerFormatter>("c4020001", 256);
        AssertBytes<Int128, Int128Formatter>("7f", 127);
        AssertBytes<Int128, Int128Formatter>("c410ffffffffffffffff7fffffffffffffff", (Int128)long.MinValue - 1);
        AssertBytes<Guid, GuidFormatter>(
            "d924" + "36663936313966662d386238362d643031312d623432642d303063303466633936346666", new("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
        AssertBytes<Version?, VersionFormatter>("a5312e322e33", new(1, 2, 3));
        AssertBytes<Uri?, UriFormatter>("ab687474703a2f2f612f6262", new("http://a/bb"));
        AssertBytes<Families.Signed8, EnumFormatter<Families.Signed8>>("ff", (Families.Signed8)(-1));
        AssertBytes<int?, NullableFormatter<int, Int32Formatter>>("c0", null);
        AssertBytes<int?, NullableFormatter<int, Int32Formatter>>("05", 5);
    }

    [Fact]
    public void Times()
    {
        AssertBytes<DateTime, DateTimeFormatter>("d6ff69b529dd", Date);
        AssertBytes<DateTime, DateTimeFormatter>("92cf08de81abd409ec8000", DateTime.SpecifyKind(Date, DateTimeKind.Unspecified));
        AssertBytes<DateTime, DateTimeFormatter>("92cf08de81abd409ec8002", DateTime.SpecifyKind(Date, DateTimeKind.Local));
        AssertBytes<DateTimeOffset, DateTimeOffsetFormatter>("92d6ff69b529ddd088", new(Date.Ticks, TimeSpan.FromHours(-2)));
        AssertBytes<DateOnly, DateOnlyFormatter>("ce000b4968", DateOnly.FromDateTime(Date));
        AssertBytes<TimeOnly, TimeOnlyFormatter>("cf0000000861c46800", new(1, 0));
        AssertBytes<TimeSpan, TimeSpanFormatter>("ff", new(-1));
    }

    [Fact]
    public void Compositions()
    {
        AssertBytes<KeyValuePair<int, bool>, KeyValuePairFormatter<int, Int32Formatter, bool, BooleanFormatter>>("9201c3", new(1, true));
        AssertBytes<(int, bool), ValueTupleFormatter<int, Int32Formatter, bool, BooleanFormatter>>("9201c3", (1, true));
        AssertBytes<Tuple<int, bool>?, TupleFormatter<int, Int32Formatter, bool, BooleanFormatter>>("9201c3", new(1, true));
        AssertBytes<int[,]?, TwoDimensionalArrayFormatter<int, Int32Formatter>>("93010292" + "0506", new[,] { { 5, 6 } });
        AssertBytes<byte[]?, ByteArrayFormatter>("c4020506", [5, 6]);
        AssertBytes<List<byte>?, ListFormatter<byte, ByteFormatter>>("920506", [5, 6]);
        AssertBytes<Stack<int>?, StackFormatter<int, Int32Formatter>>("920605", new([5, 6]));
        AssertBytes<Dictionary<string, int>?, DictionaryFormatter<string, StringFormatter, int, Int32Formatter>>("81a16105", new() { ["a"] = 5 });
    }

    private static void AssertBytes<T, TFormatter>(string hex, T value)
        where TFormatter : struct, CachedAttr.Serialization.IMessagePackFormatter<T> =>
        Assert.Equal(hex, Convert.ToHexStringLower(Codec.Encode<T, TFormatter>(value)));
}
