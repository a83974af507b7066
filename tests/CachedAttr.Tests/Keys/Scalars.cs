using FsCheck;
using FsCheck.Fluent;

namespace CachedAttr.Tests.Keys;

/// <summary>Arguments as hostile as they come.</summary>
internal static class Scalars
{
    private static readonly string[] Pieces =
        ["", "a", "b", "%", "%n", "%e", "%3A", ":", "::", "*", "?", "[", "]", "{", "}", "\\", " ", "\t", "\n", "\u00a0", "\u2028", "-", "x", "é", "日本", "😀", "\ud83d", "\ude00", "\0", "İı", "A", "0"];

    public static Gen<string?> Text { get; } = Gen.Frequency(
        (1, Gen.Constant((string?)null)),
        (20, Gen.Elements(Pieces).ListOf().Select(pieces => (string?)string.Concat(pieces.Take(5)))));

    public static Gen<int> Int { get; } = Gen.OneOf(Gen.Choose(-3, 3), Gen.Choose(int.MinValue, int.MaxValue), Gen.Elements(int.MinValue, int.MaxValue, 0));

    public static Gen<long> Long { get; } = Int.SelectMany(_ => Int, (high, low) => ((long)high << 32) | (uint)low);

    public static Gen<double> Double { get; } = Gen.OneOf(
        Gen.Elements(0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 0.1, -1.5, 1e21),
        Long.Select(BitConverter.Int64BitsToDouble));

    public static Gen<float> Float { get; } = Gen.OneOf(Gen.Elements(0f, -0f, float.NaN, float.Epsilon, 0.1f), Int.Select(BitConverter.Int32BitsToSingle));

    public static Gen<decimal> Decimal { get; } = Gen.OneOf(
        Gen.Elements(0m, -0.0m, 1m, 1.0m, 1.00m, 100m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m),
        Int.SelectMany(_ => Gen.Choose(0, 28), (value, scale) => new decimal(value, value, 0, value < 0, (byte)scale)));

    public static Gen<Guid> Guid { get; } = Long.SelectMany(_ => Long, (a, b) => new Guid((int)a, (short)b, (short)(b >> 16), BitConverter.GetBytes(a ^ b)));

    public static Gen<DateTime> DateTime { get; } = Ticks.SelectMany(
        _ => Gen.Elements(DateTimeKind.Utc, DateTimeKind.Unspecified, DateTimeKind.Local), (ticks, kind) => new DateTime(ticks, kind));

    public static Gen<DateTimeOffset> DateTimeOffset { get; } = Ticks.SelectMany(
        _ => Gen.Choose(-840, 840), (ticks, minutes) => new DateTimeOffset(ticks, System.TimeSpan.FromMinutes(minutes)));

    public static Gen<DateOnly> DateOnly { get; } = Gen.Choose(0, System.DateOnly.MaxValue.DayNumber).Select(System.DateOnly.FromDayNumber);

    public static Gen<TimeOnly> TimeOnly { get; } = Long.Select(ticks => new TimeOnly((long)((ulong)ticks % (ulong)System.TimeSpan.TicksPerDay)));

    public static Gen<TimeSpan> TimeSpan { get; } = Gen.OneOf(Gen.Elements(System.TimeSpan.Zero, System.TimeSpan.MinValue, System.TimeSpan.MaxValue), Long.Select(ticks => new TimeSpan(ticks)));

    public static Gen<char> Char { get; } = Gen.OneOf(Gen.Elements('a', ':', '%', '*', ' ', '\0', '\ud800', '\udfff', 'é'), Gen.Choose(0, char.MaxValue).Select(i => (char)i));

    public static Gen<bool> Bool { get; } = Gen.Elements(true, false);

    public static Gen<DayOfWeek> Enum { get; } = Gen.Choose(-2, 9).Select(i => (DayOfWeek)i);

    public static Gen<AttributeTargets> Flags { get; } = Gen.Choose(-1, 70_000).Select(i => (AttributeTargets)i);

    // Not at the ends of time, where a local time cannot be made universal.
    private static Gen<long> Ticks => Long.Select(value => (long)((ulong)value % (ulong)System.DateTime.MaxValue.AddYears(-20).Ticks) + (System.TimeSpan.TicksPerDay * 3650));
}
