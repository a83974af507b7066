using CachedAttr.Analyzers.Invalidation;
using CachedAttr.Analyzers.Languages;
using CachedAttr.Keys;

namespace CachedAttr.Analyzers.Tests.Languages;

/// <summary>The automata of the rules and the run time's matching of patterns agree, on random patterns and keys of few characters.</summary>
public sealed class IntersectionTests
{
    private const int Cases = 3000;

    [Fact]
    public void A_pattern_matches_what_it_matches_at_run_time()
    {
        var random = new Random(1);
        int matches = 0;
        for (int i = 0; i < Cases; i++)
        {
            string pattern = Pattern(random), key = Text(random, "ab:-", 6);
            bool expected = KeyPattern.Parse(pattern).IsMatch(key);
            Assert.Equal((pattern, key, expected ? key : null), (pattern, key, Intersection.Find(Automaton(pattern, out _), Verbatim(key))));
            matches += expected ? 1 : 0;
        }

        Assert.InRange(matches, 100, Cases - 100);
    }

    [Fact]
    public void Two_patterns_meet_in_a_text_that_both_match_and_only_if_there_is_one()
    {
        var random = new Random(2);
        int met = 0;
        for (int i = 0; i < Cases; i++)
        {
            string one = Pattern(random), other = Pattern(random);
            string? common = Intersection.Find(Automaton(one, out var outline), Automaton(other, out var otherOutline));
            Assert.Equal((one, other, KeyPattern.Parse(one).MayIntersect(KeyPattern.Parse(other))), (one, other, common is not null));
            if (common is null)
                continue;
            met++;
            Assert.True(Outline.MayMeet(outline, otherOutline));
            Assert.True(common.Length == 0 || (KeyPattern.Parse(one).IsMatch(common) && KeyPattern.Parse(other).IsMatch(common)), $"{one} {other} {common}");
        }

        Assert.InRange(met, 100, Cases - 100);
    }

    private static Automaton Automaton(string pattern, out Outline outline)
    {
        outline = new();
        return Analyzers.Languages.Automaton.Of(Glob.Parse(pattern, outline), TextForm.Verbatim);
    }

    private static Automaton Verbatim(string text) => Analyzers.Languages.Automaton.Of(Language.Of(text), TextForm.Verbatim);

    private static string Pattern(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(9) switch
    {
        0 => "*",
        1 => "?",
        2 => "[ab]",
        3 => "[!a]",
        4 => "\\-",
        _ => Text(random, "ab:-", 1),
    }));

    private static string Text(Random random, string alphabet, int length) =>
        string.Concat(Enumerable.Range(0, random.Next(1, length + 1)).Select(_ => alphabet[random.Next(alphabet.Length)]));
}
