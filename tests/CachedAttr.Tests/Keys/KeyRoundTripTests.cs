using CachedAttr.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace CachedAttr.Tests.Keys;

/// <summary>Different arguments never give the same key, and a key gives its arguments back.</summary>
public sealed class KeyRoundTripTests
{
    private const int Cases = 10_000;

    private delegate void Write<in T>(ref KeyWriter writer, T value);

    private delegate bool Read<T>(ref KeyReader reader, out T value);

    [Fact]
    public void Strings() => Check(Scalars.Text, WriteText, ReadText, Same);

    [Fact]
    public void Ints() => CheckScalar(Scalars.Int);

    [Fact]
    public void Longs() => CheckScalar(Scalars.Long);

    [Fact]
    public void Doubles() => CheckScalar(Scalars.Double);

    [Fact]
    public void Floats() => CheckScalar(Scalars.Float);

    [Fact]
    public void Halves() => CheckScalar(Scalars.Float.Select(value => (Half)value));

    [Fact]
    public void Decimals() => CheckScalar(Scalars.Decimal);

    [Fact]
    public void Guids() => CheckScalar(Scalars.Guid);

    [Fact]
    public void Bytes() => CheckScalar(Scalars.Int.Select(value => (byte)value));

    [Fact]
    public void Wide_integers() => CheckScalar(Scalars.Long.SelectMany(_ => Scalars.Long, (a, b) => ((Int128)a << 64) | (Int128)(ulong)b));

    [Fact]
    public void Big_integers() => CheckScalar(Scalars.Long.SelectMany(_ => Scalars.Long, (a, b) => (System.Numerics.BigInteger)a * b));

    [Fact]
    public void Date_times_of_every_kind() => Check(
        Scalars.DateTime, WriteScalar, ReadScalar, (a, b) => a.Ticks == b.Ticks && a.Kind == b.Kind);

    [Fact]
    public void Date_times_with_offset() => Check(Scalars.DateTimeOffset, WriteScalar, ReadScalar, (a, b) => a.EqualsExact(b));

    [Fact]
    public void Dates() => CheckScalar(Scalars.DateOnly);

    [Fact]
    public void Times() => CheckScalar(Scalars.TimeOnly);

    [Fact]
    public void Time_spans() => CheckScalar(Scalars.TimeSpan);

    [Fact]
    public void Characters() => Check(Scalars.Char, (ref KeyWriter writer, char value) => writer.Append(value), ReadScalar, (a, b) => a == b);

    [Fact]
    public void Truth_values() => Check(
        Scalars.Bool, (ref KeyWriter writer, bool value) => writer.Append(value), (ref KeyReader reader, out bool value) => reader.TryRead(out value), (a, b) => a == b);

    [Fact]
    public void Enums_undefined_values_included() => Check(
        Scalars.Enum, (ref KeyWriter writer, DayOfWeek value) => writer.AppendEnum(value), (ref KeyReader reader, out DayOfWeek value) => reader.TryReadEnum(out value), (a, b) => a == b);

    [Fact]
    public void Flags() => Check(
        Scalars.Flags, (ref KeyWriter writer, AttributeTargets value) => writer.AppendEnum(value), (ref KeyReader reader, out AttributeTargets value) => reader.TryReadEnum(out value), (a, b) => a == b);

    [Fact]
    public void Nullable_numbers() => Check(
        Nullable(Scalars.Int), (ref KeyWriter writer, int? value) => writer.AppendNullable(value), (ref KeyReader reader, out int? value) => reader.TryReadNullable(out value), (a, b) => a == b);

    [Fact]
    public void Nullable_enums() => Check(
        Nullable(Scalars.Enum), (ref KeyWriter writer, DayOfWeek? value) => writer.AppendEnum(value), (ref KeyReader reader, out DayOfWeek? value) => reader.TryReadEnum(out value), (a, b) => a == b);

    [Fact]
    public void Nullable_truth_values() => Check(
        Nullable(Scalars.Bool), (ref KeyWriter writer, bool? value) => writer.Append(value), (ref KeyReader reader, out bool? value) => reader.TryRead(out value), (a, b) => a == b);

    [Fact]
    public void Two_strings() => Check(Scalars.Text.SelectMany(_ => Scalars.Text, (a, b) => (a, b)), WritePair(':'), ReadPair(':'), SamePair);

    [Theory]
    [InlineData('-')]
    [InlineData('x')]
    [InlineData('/')]
    [InlineData('é')]
    public void Two_strings_with_another_character_between_them(char delimiter) =>
        Check(Scalars.Text.SelectMany(_ => Scalars.Text, (a, b) => (a, b)), WritePair(delimiter), ReadPair(delimiter), SamePair);

    [Fact]
    public void Four_arguments_of_different_types() => Check(
        from a in Scalars.Text from b in Scalars.Double from c in Scalars.DateTime from d in Nullable(Scalars.Guid) select (A: a, B: b, C: c, D: d),
        (ref KeyWriter writer, (string? A, double B, DateTime C, Guid? D) value) =>
        {
            writer.AppendLiteral("all:");
            writer.Append(value.A);
            writer.AppendLiteral(":");
            writer.Append(value.B);
            writer.AppendLiteral(":");
            writer.Append(value.C);
            writer.AppendLiteral(":");
            writer.AppendNullable(value.D);
        },
        (ref KeyReader reader, out (string? A, double B, DateTime C, Guid? D) value) =>
        {
            value = default;
            return reader.TryReadLiteral("all:") && reader.TryReadString(out value.A)
                && reader.TryReadLiteral(":") && reader.TryRead(out value.B)
                && reader.TryReadLiteral(":") && reader.TryRead(out value.C)
                && reader.TryReadLiteral(":") && reader.TryReadNullable(out value.D);
        },
        (x, y) => x.A == y.A && x.B.Equals(y.B) && x.C.Ticks == y.C.Ticks && x.C.Kind == y.C.Kind && x.D == y.D);

    private static Gen<T?> Nullable<T>(Gen<T> gen)
        where T : struct => Gen.Frequency((1, Gen.Constant((T?)null)), (9, gen.Select(value => (T?)value)));

    private static void CheckScalar<T>(Gen<T> gen)
        where T : struct, ISpanFormattable, ISpanParsable<T>, IEquatable<T> => Check(gen, WriteScalar, ReadScalar, (a, b) => a.Equals(b));

    private static void WriteScalar<T>(ref KeyWriter writer, T value)
        where T : ISpanFormattable => writer.Append(value);

    private static bool ReadScalar<T>(ref KeyReader reader, out T value)
        where T : ISpanParsable<T> => reader.TryRead(out value!);

    private static void WriteText(ref KeyWriter writer, string? value) => writer.Append(value);

    private static bool ReadText(ref KeyReader reader, out string? value) => reader.TryReadString(out value);

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal);

    private static Write<(string? A, string? B)> WritePair(char delimiter) => (ref KeyWriter writer, (string? A, string? B) value) =>
    {
        writer.Append(value.A, delimiter);
        writer.AppendLiteral([delimiter]);
        writer.Append(value.B);
    };

    private static Read<(string? A, string? B)> ReadPair(char delimiter) => (ref KeyReader reader, out (string? A, string? B) value) =>
    {
        value = default;
        return reader.TryReadString(out value.A, delimiter) && reader.TryReadLiteral(delimiter.ToString()) && reader.TryReadString(out value.B);
    };

    private static bool SamePair((string? A, string? B) x, (string? A, string? B) y) => Same(x.A, y.A) && Same(x.B, y.B);

    private static void Check<T>(Gen<T> gen, Write<T> write, Read<T> read, Func<T, T, bool> same)
    {
        var seen = new Dictionary<string, T>(StringComparer.Ordinal);
        var property = Prop.ForAll(gen.ToArbitrary(), value =>
        {
            string key = Key(write, value);
            var reader = new KeyReader(key);
            bool wasRead = read(ref reader, out var back) && reader.AtEnd;
            bool roundTrip = wasRead && same(value, back);
            bool injective = !seen.TryGetValue(key, out var other) || same(value, other);
            seen[key] = value;
            return roundTrip.Label($"'{key}' gives back {back}").And(injective.Label($"'{key}' is also the key of {other}")).And(HasNoBareSpecial(key).Label($"'{key}' has a bare special character"));
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(20260101, 7));
    }

    private static string Key<T>(Write<T> write, T value)
    {
        var writer = new KeyWriter(stackalloc char[8]); // small, so that it grows
        write(ref writer, value);
        string key = writer.ToString();
        writer.Dispose();
        return key;
    }

    private static bool HasNoBareSpecial(string key) =>
        !key.Any(c => "*?[]{}\\ ".Contains(c, StringComparison.Ordinal) || char.IsControl(c)) && key == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(key));
}
