using CachedAttr.Keys;

namespace CachedAttr.Tests.Keys;

public sealed class KeyPatternTests
{
    private const string Alphabet = "ab:";

    [Theory]
    [InlineData("server:1", "server:1", true)]
    [InlineData("server:1", "server:12", false)]
    [InlineData("server:*", "server:1", true)]
    [InlineData("server:*", "server:1:tools", true)]
    [InlineData("server:*", "server:", true)]
    [InlineData("server:*", "servers:1", false)]
    [InlineData("*:tools", "server:1:tools", true)]
    [InlineData("*", "", true)]
    [InlineData("server:?", "server:1", true)]
    [InlineData("server:?", "server:12", false)]
    [InlineData("server:[12]", "server:2", true)]
    [InlineData("server:[1-3]", "server:4", false)]
    [InlineData("server:[!1-3]", "server:4", true)]
    [InlineData("server:[^1-3]", "server:2", false)]
    [InlineData("server:[\\]a-]", "server:]", true)]
    [InlineData("server:[\\]a-]", "server:-", true)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a*b*c", "a--b--b--c", true)]
    [InlineData("a*b*c", "a--c--b", false)]
    public void A_glob_matches_what_it_says(string pattern, string key, bool matches) =>
        Assert.Equal(matches, KeyPattern.Parse(pattern).IsMatch(key));

    [Theory]
    [InlineData("", "A pattern must not be empty")]
    [InlineData("server:[1", "opens a set at position 7 and does not close it")]
    [InlineData("server:[]", "has an empty set at position 7")]
    [InlineData("server:[9-1]", "has the range '9-1'")]
    [InlineData("server:\\", "ends in a backslash")]
    public void A_malformed_pattern_is_refused_with_the_place_and_the_way_out(string pattern, string message)
    {
        Assert.False(KeyPattern.TryParse(pattern, out _, out string? error));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => KeyPattern.Parse(pattern));
    }

    [Fact]
    public void A_pattern_without_wildcards_is_a_key()
    {
        Assert.True(KeyPattern.Parse("a\\*b").IsExact);
        Assert.Equal("a*b", KeyPattern.Parse("a\\*b").LiteralPrefix);
        Assert.False(KeyPattern.Parse("a*").IsExact);
    }

    [Fact]
    public void Many_stars_take_no_exponential_time() =>
        Assert.False(KeyPattern.Parse(string.Concat(Enumerable.Repeat("a*", 50)) + "b").IsMatch(new string('a', 5_000)));

    [Fact]
    public void Random_patterns_agree_with_the_definition()
    {
        var random = new Random(12);
        string[] texts = [.. Texts(4)];
        for (int i = 0; i < 5_000; i++)
        {
            string pattern = RandomPattern(random);
            var parsed = KeyPattern.Parse(pattern);
            foreach (string text in texts)
                Assert.True(Matches(pattern, text) == parsed.IsMatch(text), $"{pattern} ~ {text}");
        }
    }

    [Fact]
    public void Whether_two_patterns_meet_agrees_with_trying_all_texts()
    {
        var random = new Random(13);
        string[] texts = [.. Texts(6)];
        for (int i = 0; i < 1_000; i++)
        {
            var (a, b) = (KeyPattern.Parse(RandomPattern(random)), KeyPattern.Parse(RandomPattern(random)));
            Assert.True(texts.Any(text => a.IsMatch(text) && b.IsMatch(text)) == a.MayIntersect(b), $"{a} ~ {b}");
        }
    }

    [Fact]
    public void Whether_a_template_meets_a_pattern_agrees_with_trying_all_keys()
    {
        var random = new Random(14);
        string[] holes = ["a", "b", "aa", "ab", "ba", "bb", "aab", "bab"];
        string[] templates = ["{x}", "a:{x}", "{x}:b", "a{x}:{y}b", "{x}:{y}"];
        for (int i = 0; i < 1_000; i++)
        {
            string text = templates[random.Next(templates.Length)];
            var template = KeyTemplate.Parse(text);
            var pattern = KeyPattern.Parse(RandomPattern(random));
            bool some = holes.Any(x => holes.Any(y => pattern.IsMatch(text.Replace("{x}", x, StringComparison.Ordinal).Replace("{y}", y, StringComparison.Ordinal))));
            Assert.True(!some || template.MayMatch(pattern), $"{template} ~ {pattern}");
        }

        Assert.False(KeyTemplate.Parse("server:{id}").MayMatch(KeyPattern.Parse("server:*:tools")));
        Assert.True(KeyTemplate.Parse("server:{id}:{part}").MayMatch(KeyPattern.Parse("server:*:tools")));
        Assert.True(KeyTemplate.Parse("server:{rest**}").MayMatch(KeyPattern.Parse("server:*:tools")));
        Assert.False(KeyTemplate.Parse("server:{id}").MayMatch(KeyPattern.Parse("servers:*")));
    }

    [Theory]
    [InlineData("server:{id}", "server:1", true)]
    [InlineData("server:{id}", "server:", false)]
    [InlineData("server:{id}", "server:1:tools", false)]
    [InlineData("server:{id}:tools", "server:1:tools", true)]
    [InlineData("{a}-{b}", "x-y", true)]
    [InlineData("{a}-{b}", "x:y", false)]
    [InlineData("fixed", "fixed", true)]
    [InlineData("free:{rest**}", "free:a:b:c", true)]
    [InlineData("free:{rest**}", "free:", false)]
    public void A_template_knows_its_keys(string template, string key, bool possible) =>
        Assert.Equal(possible, KeyTemplate.Parse(template).CanProduce(key));

    [Theory]
    [InlineData("server:{id")]
    [InlineData("{rest**}:more")]
    [InlineData("{rest**}{id}")]
    public void A_malformed_template_is_refused(string template) => Assert.Throws<ArgumentException>(() => KeyTemplate.Parse(template));

    private static string RandomPattern(Random random)
    {
        string[] pieces = ["a", "b", ":", "*", "?", "[ab]", "[!a]", "[a-b]"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static IEnumerable<string> Texts(int length) =>
        length == 0 ? [""] : Texts(length - 1).SelectMany(text => text.Length == length - 1 ? Alphabet.Select(c => text + c).Prepend(text) : [text]);

    // The definition, by recursion.
    private static bool Matches(string pattern, string text)
    {
        if (pattern.Length == 0)
            return text.Length == 0;
        if (pattern[0] == '*')
            return Matches(pattern[1..], text) || (text.Length > 0 && Matches(pattern, text[1..]));
        if (text.Length == 0)
            return false;
        if (pattern[0] != '[')
            return (pattern[0] == '?' || pattern[0] == text[0]) && Matches(pattern[1..], text[1..]);
        int close = pattern.IndexOf(']', StringComparison.Ordinal);
        bool inSet = pattern[1..close] switch { "!a" => text[0] != 'a', _ => text[0] is 'a' or 'b' };
        return inSet && Matches(pattern[(close + 1)..], text[1..]);
    }
}
