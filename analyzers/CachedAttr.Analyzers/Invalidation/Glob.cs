using CachedAttr.Analyzers.Languages;
using static CachedAttr.Analyzers.Languages.Language;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Reads the wildcards in a pattern's literals: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, and <c>\</c> before a character that is meant itself.</summary>
internal static class Glob
{
    /// <summary>Any run of characters.</summary>
    public static Language Anything { get; } = AtLeast(0, Language.Of(CharSet.All));

    /// <summary>Reads a text, and adds it to an outline.</summary>
    public static Language Parse(string text, Outline outline)
    {
        var items = new List<Language>();
        for (int position = 0; position < text.Length;)
            items.Add(Next(text, ref position, outline));
        return Then([.. items]);
    }

    /// <summary>Whether a pattern matches (nearly) every key, whatever methods there are.</summary>
    public static bool IsEverything(string text) => text.IndexOf('*') >= 0 && text.All(c => c is '*' or '?' or ':');

    private static Language Next(string text, ref int position, Outline outline)
    {
        char c = text[position++];
        if (c == '*')
        {
            outline.AddAnything();
            return Anything;
        }

        if (c is '?' or '[')
        {
            var set = c == '?' ? CharSet.All : Set(text, ref position);
            outline.Add(set);
            return Language.Of(set);
        }

        if (c == '\\' && position < text.Length)
            c = text[position++];
        outline.Add(c.ToString());
        return Language.Of(CharSet.Single(c));
    }

    private static CharSet Set(string text, ref int position)
    {
        bool isNegated = position < text.Length && text[position] is '!' or '^';
        if (isNegated)
            position++;
        var ranges = new List<(char First, char Last)>();
        while (position < text.Length && text[position] != ']')
        {
            char first = Character(text, ref position), last = first;
            if (position + 1 < text.Length && text[position] == '-' && text[position + 1] != ']')
            {
                position++;
                last = Character(text, ref position);
            }

            if (first <= last)
                ranges.Add((first, last));
        }

        position++;
        var set = CharSet.Union(ranges);
        return isNegated ? set.Complement() : set;
    }

    private static char Character(string text, ref int position)
    {
        if (text[position] == '\\' && position + 1 < text.Length)
            position++;
        return text[position++];
    }
}
