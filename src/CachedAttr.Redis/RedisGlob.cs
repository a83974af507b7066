using System.Text;
using CachedAttr.Keys;

namespace CachedAttr.Redis;

/// <summary>A pattern in the language of SCAN that lets through at least what a <see cref="KeyPattern"/> matches, and little else.</summary>
/// <remarks>
/// Redis matches bytes and this library characters, so <c>?</c> and sets become "one byte or more". Keys that are stored shortened match as they are stored.
/// </remarks>
internal static class RedisGlob
{
    public static string Of(string prefix, KeyPattern pattern)
    {
        var glob = new StringBuilder();
        foreach (char c in prefix)
            Literal(glob, c);
        string text = pattern.ToString();
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '*':
                    glob.Append('*');
                    break;
                case '?':
                    glob.Append("?*");
                    break;
                case '[':
                    i = EndOfSet(text, i);
                    glob.Append("?*");
                    break;
                case '\\':
                    Literal(glob, text[++i]);
                    break;
                default:
                    Literal(glob, text[i]);
                    break;
            }
        }

        return glob.ToString();
    }

    private static int EndOfSet(string text, int open)
    {
        int i = open + 1;
        while (text[i] != ']')
            i += text[i] == '\\' ? 2 : 1;
        return i;
    }

    private static void Literal(StringBuilder glob, char c)
    {
        if (c is '*' or '?' or '[' or ']' or '\\')
            glob.Append('\\');
        glob.Append(c);
    }
}
