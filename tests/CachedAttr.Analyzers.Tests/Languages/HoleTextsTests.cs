using System.Numerics;
using CachedAttr.Analyzers.KeySpaces;
using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using CachedAttr.Keys;
using Microsoft.CodeAnalysis;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Languages;

/// <summary>What the run time writes into keys is what the rules believe that it writes.</summary>
public sealed class HoleTextsTests
{
    private static readonly Compilation Compilation = SourceProject.Of("").Compile();

    [Fact]
    public void Integers()
    {
        Are<byte>(0, 7, byte.MaxValue);
        Are<sbyte>(0, sbyte.MinValue, sbyte.MaxValue);
        Are<short>(0, short.MinValue, short.MaxValue);
        Are<int>(0, -1, 10, int.MinValue, int.MaxValue);
        Are<uint>(0, uint.MaxValue);
        Are<long>(long.MinValue, long.MaxValue);
        Are<ulong>(ulong.MaxValue);
        Are(Int128.MinValue, Int128.MaxValue);
        Are(UInt128.MaxValue);
        Are(BigInteger.Pow(-10, 61));
    }

    [Fact]
    public void Fractions()
    {
        Are<double>(0, -0.0, 1.5, double.MinValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e21, 1e-7);
        Are<float>(0, -1.25f, float.MaxValue, float.Epsilon, float.NaN);
        Are<decimal>(0, 1.00m, -0.5m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m);
        Are(Half.MaxValue, Half.Epsilon, Half.NaN);
    }

    [Fact]
    public void Times()
    {
        Are(DateOnly.MinValue, DateOnly.MaxValue);
        Are(TimeOnly.MinValue, TimeOnly.MaxValue);
        Are(new DateTime(2026, 3, 1, 9, 8, 7, DateTimeKind.Utc), new DateTime(2026, 3, 1, 9, 8, 7, DateTimeKind.Local), DateTime.MinValue, DateTime.MaxValue);
        Are(new DateTimeOffset(2026, 3, 1, 9, 8, 7, TimeSpan.FromMinutes(-90)), DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        Are(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(1), TimeSpan.FromDays(3));
        Are(Guid.Empty, Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"));
    }

    [Theory]
    [InlineData(":")]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("50% *?[]{}\\")]
    [InlineData("x-y.z/~")]
    [InlineData("\t\n\u0001\u007F")]
    [InlineData("\u0085\u00A0\u2003\u3000")]
    [InlineData("日本語 🎈")]
    public void Strings(string value)
    {
        foreach (char delimiter in Delimiters)
        {
            var writer = new KeyWriter([]);
            writer.Append(value, delimiter);
            IsIn(HoleTexts.Unknown(delimiter), writer.ToString());
        }
    }

    [Fact]
    public void Enums()
    {
        var scalar = ScalarOf(typeof(ConsoleColor), out var type);
        foreach (var value in (ConsoleColor[])[ConsoleColor.Red, ConsoleColor.DarkBlue, (ConsoleColor)99, (ConsoleColor)(-3)])
        {
            var writer = new KeyWriter([]);
            writer.AppendEnum(value, '-');
            IsIn(TextsOf(scalar, type, '-'), writer.ToString());
        }

        Assert.Null(Common(TextsOf(scalar, type, ':'), "Purple"));
    }

    [Theory]
    [InlineData("-0")]
    [InlineData("007")]
    [InlineData("1.0")]
    [InlineData("12345678901")]
    [InlineData("%n")]
    public void Not_everything_is_an_int(string text)
    {
        var scalar = ScalarOf(typeof(int), out var type);
        Assert.Null(Common(TextsOf(scalar, type, ':'), text));
    }

    private static readonly char[] Delimiters = [':', '-', '.', '/', '%', '+'];

    private static void Are<T>(params T[] values)
        where T : ISpanFormattable
    {
        var scalar = ScalarOf(typeof(T), out var type);
        foreach (char delimiter in Delimiters)
        {
            var texts = TextsOf(scalar, type, delimiter);
            foreach (var value in values)
            {
                var writer = new KeyWriter([]);
                writer.Append(value, delimiter);
                IsIn(texts, writer.ToString());
            }
        }
    }

    private static ScalarModel ScalarOf(Type type, out ITypeSymbol symbol)
    {
        symbol = Compilation.GetTypeByMetadataName(type.FullName!)!;
        return ScalarParser.Parse(symbol)!;
    }

    private static HoleTexts TextsOf(ScalarModel scalar, ITypeSymbol type, char delimiter) =>
        HoleTexts.Of(new HoleModel(HoleKind.Scalar, "x", "x", "x", new ValueModel("", scalar, null), null), delimiter, [type]);

    private static void IsIn(HoleTexts texts, string text) => Assert.Equal(text, Common(texts, text));

    private static string? Common(HoleTexts texts, string text) =>
        Intersection.Find(Automaton.Of(texts.Texts, TextForm.Verbatim), Automaton.Of(Language.Of(text), TextForm.Verbatim));
}
