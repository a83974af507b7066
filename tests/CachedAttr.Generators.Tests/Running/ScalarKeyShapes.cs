namespace CachedAttr.Generators.Tests.Running;

/// <summary>Every scalar type in a key: alone, beside another, as an optional one, and read back from the key's text.</summary>
public sealed class ScalarKeyShapes
{
    [Theory]
    [InlineData("bool", "true", "false")]
    [InlineData("sbyte", "-128", "127")]
    [InlineData("byte", "0", "255")]
    [InlineData("short", "-1", "1")]
    [InlineData("ushort", "0", "65535")]
    [InlineData("int", "int.MinValue", "0", "int.MaxValue")]
    [InlineData("uint", "0", "uint.MaxValue")]
    [InlineData("long", "long.MinValue", "long.MaxValue")]
    [InlineData("ulong", "0", "ulong.MaxValue")]
    [InlineData("nint", "-1", "1")]
    [InlineData("nuint", "0", "1")]
    [InlineData("Int128", "Int128.MinValue", "Int128.MaxValue")]
    [InlineData("UInt128", "0", "UInt128.MaxValue")]
    [InlineData("System.Numerics.BigInteger", "0", "System.Numerics.BigInteger.Pow(10, 300)")]
    [InlineData("Half", "Half.MinValue", "Half.NaN", "Half.Epsilon")]
    [InlineData("float", "0.1f", "float.NaN", "float.NegativeInfinity")]
    [InlineData("double", "0.1 + 0.2", "0.3", "double.NaN", "double.PositiveInfinity", "double.Epsilon")]
    [InlineData("decimal", "0", "0.1m", "decimal.MinValue")]
    [InlineData("char", "'a'", "':'", "'%'", "'\\0'", "'\\ud800'", "'*'")]
    [InlineData("string", "\"a\"", "\"\"", "\" \"", "\"%e\"", "\"%n\"", "\"a:b\"", "\"*\"", "\"{id}\"", "\"\\ud800\"", "\"ä\"", "\"a\\u0308\"", "\"A\"", "new string('x', 5000)")]
    [InlineData("Guid", "Guid.Empty", "new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)")]
    [InlineData("DateTime", "default", "DateTime.UnixEpoch", "DateTime.MaxValue", "new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)", "new(1970, 1, 1, 0, 0, 0, DateTimeKind.Local)")]
    [InlineData("DateTimeOffset", "default", "DateTimeOffset.UnixEpoch", "DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(-5.5))")]
    [InlineData("DateOnly", "default", "new(2026, 2, 28)")]
    [InlineData("TimeOnly", "default", "TimeOnly.MaxValue")]
    [InlineData("TimeSpan", "default", "TimeSpan.MinValue", "TimeSpan.FromTicks(1)")]
    [InlineData("System.Net.IPAddress", "System.Net.IPAddress.Loopback", "System.Net.IPAddress.IPv6Any")]
    [InlineData("System.Net.IPNetwork", "System.Net.IPNetwork.Parse(\"10.0.0.0/8\")", "System.Net.IPNetwork.Parse(\"10.0.0.0/9\")")]
    [InlineData("DayOfWeek", "DayOfWeek.Friday", "DayOfWeek.Sunday", "(DayOfWeek)77", "(DayOfWeek)(-1)")]
    [InlineData("AttributeTargets", "AttributeTargets.Class", "AttributeTargets.Class | AttributeTargets.Enum", "0", "(AttributeTargets)(1 << 30)")]
    [InlineData("Small", "Small.A", "Small.B", "(Small)7")]
    [InlineData("Large", "Large.A", "Large.B", "(Large)ulong.MaxValue")]
    [InlineData("Twins", "Twins.One", "Twins.Two")]
    [InlineData("Own", "new(1)", "new(2)")]
    public Task A_scalar(string type, params string[] values) => Shape.RunAsync(
        $$"""
        using System.Diagnostics.CodeAnalysis;

        public enum Small : byte { A, B = 255 }
        public enum Large : ulong { A, B = 1UL << 63 }
        public enum Twins : sbyte { One = 1, Uno = 1, Two = -2 }

        public readonly record struct Own(int Number) : ISpanFormattable, ISpanParsable<Own>
        {
            public string ToString(string? format, IFormatProvider? provider) => $"<{Number}>";

            public bool TryFormat(Span<char> target, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) => target.TryWrite($"<{Number}>", out written);

            public static Own Parse(string text, IFormatProvider? provider) => Parse(text.AsSpan(), provider);

            public static Own Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => TryParse(text, provider, out var own) ? own : throw new FormatException();

            public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Own own) => TryParse(text.AsSpan(), provider, out own);

            public static bool TryParse(ReadOnlySpan<char> text, IFormatProvider? provider, out Own own)
            {
                own = default;
                if (text.Length < 3 || !int.TryParse(text[1..^1], out int number))
                    return false;
                own = new(number);
                return true;
            }
        }

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("alone:{id}", Ttl = 60)]
            public partial int Alone({{type}} id);

            private int AloneCore({{type}} id) => calls.Next();

            [Cached("beside:{id}:{other}", Ttl = 60)]
            public partial Task<int> BesideAsync({{type}} id, int other);

            private Task<int> BesideCoreAsync({{type}} id, int other) => Task.FromResult(calls.Next());

            [Cached("maybe:{id}", Ttl = 60)]
            public partial int Maybe({{type}}? id);

            private int MaybeCore({{type}}? id) => calls.Next();

            [InvalidateCache("alone:{id}", "beside:{id}:*")]
            public partial void Change({{type}} id);

            private void ChangeCore({{type}} id)
            {
            }
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        {{type}}[] values = [{{string.Join(", ", values)}}];
        {{type}}?[] maybe = [.. values, null];
        calls.TellsApart(service.Alone, values);
        calls.TellsApart(id => service.BesideAsync(id, 1).Result, values);
        calls.TellsApart(service.Maybe, maybe);

        foreach (var value in values)
        {
            Assert.Equal(service.Alone(value), cache.TryGet<int>(Service.CacheKeys.Alone(value)).Value);
            service.Change(value);
            Assert.False(cache.TryGet<int>(Service.CacheKeys.Alone(value)).Found);
            Assert.False(cache.TryGet<int>(Service.CacheKeys.Beside(value, 1)).Found);
            cache.Set(Service.CacheKeys.Beside(value, 1), -5);
            Assert.Equal(-5, await service.BesideAsync(value, 1));
        }

        await cache.RemoveAsync([.. maybe.Select(value => Service.CacheKeys.Maybe(value).Text)]);
        calls.TellsApart(service.Maybe, maybe);
        """);

    [Fact]
    public Task Values_of_type_parameters() => Shape.RunAsync(
        """
        namespace Demo;

        public sealed partial class Service<TKey>(Cache cache, Calls calls)
            where TKey : struct, ISpanFormattable, ISpanParsable<TKey>
        {
            [Cached("a:{id}", Ttl = 60)]
            public partial int A(TKey id);

            private int ACore(TKey id) => calls.Next();

            [Cached("b:{id}:{e}", Ttl = 60)]
            public partial int B<TEnum>(TKey? id, TEnum e)
                where TEnum : struct, Enum;

            private int BCore<TEnum>(TKey? id, TEnum e)
                where TEnum : struct, Enum => calls.Next();

            [Cached("c:{e}", Ttl = 60)]
            public partial int C<TEnum>(TEnum e)
                where TEnum : struct, Enum;

            private int CCore<TEnum>(TEnum e)
                where TEnum : struct, Enum => calls.Next();

            [Cached("l:{list}", Ttl = 60)]
            public partial int L<TEnum>(List<(TKey, TEnum?)> list)
                where TEnum : struct, Enum;

            private int LCore<TEnum>(List<(TKey, TEnum?)> list)
                where TEnum : struct, Enum => calls.Next();
        }
        """,
        """
        var service = new Demo.Service<DateTime>(cache, calls);
        calls.TellsApart(service.A, default, DateTime.UnixEpoch, new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified));
        calls.TellsApart<DateTime?>(id => service.B(id, DayOfWeek.Monday), null, default(DateTime));
        calls.TellsApart(e => service.B(null, e), DayOfWeek.Friday, (DayOfWeek)99);
        calls.TellsApart(e => service.C(e), DayOfWeek.Monday, (DayOfWeek)99);
        calls.TellsApart<List<(DateTime, DayOfWeek?)>>(e => service.L(e), [], [(default, null)], [(default, DayOfWeek.Monday)]);
        Assert.Equal(service.C(DayOfWeek.Monday), cache.TryGet<int>(Demo.Service<DateTime>.CacheKeys.C(DayOfWeek.Monday)).Value);
        """);
}
