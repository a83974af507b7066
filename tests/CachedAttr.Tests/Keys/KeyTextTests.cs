using System.Globalization;
using CachedAttr.Keys;

namespace CachedAttr.Tests.Keys;

public sealed class KeyTextTests
{
    [Fact]
    public void Every_scalar_has_its_text()
    {
        Assert.Equal("-5", Key(-5));
        Assert.Equal("0", Key(-0.0));
        Assert.Equal("0.1", Key(0.1));
        Assert.Equal("1", Key(1.00m));
        Assert.Equal("0", Key(-0.00m));
        Assert.Equal("00000000-0000-0000-0000-000000000001", Key(new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)));
        Assert.Equal("2026-03-01", Key(new DateOnly(2026, 3, 1)));
        Assert.Equal("2026-03-01T10%3A00%3A00.0000000", Key(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Unspecified)));
        Assert.Equal("2026-03-01T10%3A00%3A00.0000000Z", Key(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc)));
        Assert.Equal("2026-03-01T10%3A00%3A00.0000000ZL", Key(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc).ToLocalTime()));
        Assert.Equal("2026-03-01T10%3A00%3A00.0000000+02%3A00", Key(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(2))));
        Assert.Equal("1.02%3A03%3A04", Key(new TimeSpan(1, 2, 3, 4)));
    }

    [Theory]
    [InlineData(null, "%n")]
    [InlineData("", "%e")]
    [InlineData("plain-text_1.0~", "plain-text_1.0~")]
    [InlineData("a:b", "a%3Ab")]
    [InlineData("100%", "100%25")]
    [InlineData("[x]{y}*?\\", "%5Bx%5D%7By%7D%2A%3F%5C")]
    [InlineData("a b\t", "a%20b%09")]
    [InlineData("no\u00a0break", "no%C2%A0break")]
    [InlineData("日本 😀", "日本%20😀")]
    public void Strings_are_escaped(string? value, string key) => Assert.Equal(key, Text(value));

    // Not among the cases above: the runner's own serialization would replace it.
    [Fact]
    public void Half_a_surrogate_pair_is_escaped_because_it_would_not_survive_UTF8() => Assert.Equal("half%20%ED%A0%BD", Text("half \ud83d"));

    [Theory]
    [InlineData(':')]
    [InlineData('-')]
    [InlineData('.')]
    [InlineData('/')]
    public void Before_a_wildcard_a_pattern_matches_the_keys_whatever_follows_the_hole_in_them(char delimiter)
    {
        foreach (string value in (string[])["plain", "a-b", "a.b/c", "50%", "*", "x:y", "é-日"])
        {
            var key = new KeyWriter([]);
            key.Append(value, delimiter);
            key.AppendLiteral(delimiter + "rest");
            var pattern = new KeyWriter([]);
            pattern.Append(value, '*');
            pattern.AppendLiteral("*");

            Assert.True(KeyPattern.Parse(pattern.ToString()).IsMatch(key.Written), $"{pattern.ToString()} ~ {key.ToString()}");
            Assert.False(KeyPattern.Parse(pattern.ToString()).IsMatch("other"));
        }
    }

    [Fact]
    public void Enums_are_written_by_name_and_undefined_ones_by_number()
    {
        var writer = new KeyWriter(stackalloc char[64]);
        writer.AppendEnum(DayOfWeek.Monday);
        writer.AppendLiteral(":");
        writer.AppendEnum((DayOfWeek)9);
        writer.AppendLiteral(":");
        writer.AppendEnum(AttributeTargets.Class | AttributeTargets.Method);
        Assert.Equal("Monday:9:Class,%20Method", writer.ToString());
        writer.Dispose();
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    [InlineData("")]
    public void The_culture_does_not_change_a_key(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal("-1.5", Key(-1.5));
            Assert.Equal("-1234567", Key(-1234567));
            Assert.Equal("1234.5", Key(1234.50m));
            Assert.Equal("2026-03-01", Key(new DateOnly(2026, 3, 1)));
            Assert.Equal("2026-03-01T10%3A00%3A00.0000000Z", Key(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc)));
            var writer = new KeyWriter(stackalloc char[64]);
            writer.AppendFormatted(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Unspecified), "dddd d MMMM");
            Assert.Equal("Sunday%201%20March", writer.ToString());
            writer.Dispose();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Reading_never_throws_whatever_the_text()
    {
        var random = new Random(11);
        const string Alphabet = "%%%:nexé0123456789ABCDEFabcdefTZL-+.,\\*";
        for (int i = 0; i < 100_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            _ = new KeyReader(text).TryReadString(out _);
            _ = new KeyReader(text).TryRead<int>(out _);
            _ = new KeyReader(text).TryRead<double>(out _);
            _ = new KeyReader(text).TryRead<DateTime>(out _);
            _ = new KeyReader(text).TryRead<DateTimeOffset>(out _);
            _ = new KeyReader(text).TryReadNullable<Guid>(out _);
            _ = new KeyReader(text).TryReadEnum<DayOfWeek>(out DayOfWeek _);
            _ = new KeyReader(text).TryRead(out bool? _);
        }
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%ZZ")]
    [InlineData("%C2")]
    [InlineData("%C2a")]
    [InlineData("%FF")]
    [InlineData("a%n")]
    [InlineData("")]
    public void Malformed_escapes_are_not_read(string text) => Assert.False(new KeyReader(text).TryReadString(out _));

    private static string Key<T>(T value)
        where T : ISpanFormattable
    {
        var writer = new KeyWriter(stackalloc char[64]);
        writer.Append(value);
        string key = writer.ToString();
        writer.Dispose();
        return key;
    }

    private static string Text(string? value)
    {
        var writer = new KeyWriter(stackalloc char[4]);
        writer.Append(value);
        string key = writer.ToString();
        writer.Dispose();
        return key;
    }
}
