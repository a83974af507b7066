using System.Collections.Concurrent;
using System.Globalization;

namespace CachedAttr.Analyzers.Languages;

/// <summary>How a character stands in a key: as it is, or escaped (docs/keys.md).</summary>
internal abstract class TextForm
{
    private static readonly CharSet Special = CharSet.Where(IsSpecial);
    private static readonly CharSet Punctuation = CharSet.Where(c => c is > ' ' and < '\x7F' && !IsAsciiLetterOrDigit(c));
    private static readonly CharSet Hexadecimal = CharSet.Of("0123456789ABCDEF");
    private static readonly ConcurrentDictionary<char, TextForm> Arguments = new();

    /// <summary>As it is: text of a template, and what is made to stand in a key.</summary>
    public static TextForm Verbatim { get; } = new VerbatimForm();

    /// <summary>An argument in a key, or in a pattern: escaped where it means something there, and where it is the character that ends the hole.</summary>
    public static TextForm Argument(char delimiter) => Arguments.GetOrAdd(delimiter, static c => new EscapedForm(CharSet.Single(c), punctuationIsAnything: false));

    /// <summary>An argument in a pattern before a wildcard: which character ends the hole is not known, and all punctuation is written as a wildcard.</summary>
    public static TextForm BeforeWildcard { get; } = new EscapedForm(Punctuation, punctuationIsAnything: true);

    /// <summary>Adds what stands for one character of a set.</summary>
    public abstract void Write(Automaton automaton, int from, CharSet set, int to);

    // Pairs of surrogates are not escaped, and single ones hardly occur.
    private static bool IsSpecial(char c) =>
        c is '%' or ':' or '*' or '?' or '[' or ']' or '{' or '}' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c);

    private static bool IsAsciiLetterOrDigit(char c) => c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');

    private sealed class VerbatimForm : TextForm
    {
        public override void Write(Automaton automaton, int from, CharSet set, int to) => automaton.AddEdge(from, set, to);
    }

    private sealed class EscapedForm(CharSet delimiters, bool punctuationIsAnything) : TextForm
    {
        private readonly CharSet _plain = Special.Complement().Except(delimiters);
        private readonly CharSet _escaped = CharSet.Of(Enumerable.Range(0, 0x80).Select(c => (char)c)
            .Where(c => Special.Contains(c) || (!punctuationIsAnything && delimiters.Contains(c))));

        public override void Write(Automaton automaton, int from, CharSet set, int to)
        {
            var plain = set.Intersect(_plain);
            if (!plain.IsEmpty)
                automaton.AddEdge(from, plain, to);
            if (punctuationIsAnything && !set.Intersect(delimiters).IsEmpty)
                automaton.AddShortcut(Language.AtLeast(0, Language.Of(CharSet.All)).Build(automaton, from, Verbatim), to);
            var escaped = set.Intersect(_escaped);
            if (!escaped.IsEmpty)
                WriteAscii(automaton, from, escaped, to);
            if (!set.Intersect(Special).Except(_escaped).IsEmpty)
                WriteOthers(automaton, from, to);
        }

        // %2A: the escapes that begin alike share their states.
        private static void WriteAscii(Automaton automaton, int from, CharSet set, int to)
        {
            int percent = automaton.AddState();
            automaton.AddEdge(from, CharSet.Single('%'), percent);
            for (int high = 0; high < 8; high++)
            {
                string lows = string.Concat(Enumerable.Range(0, 16).Where(low => set.Contains((char)((high * 16) + low)))
                    .Select(low => low.ToString("X", CultureInfo.InvariantCulture)));
                if (lows.Length == 0)
                    continue;
                int first = automaton.AddState();
                automaton.AddEdge(percent, CharSet.Single((char)('0' + high)), first);
                automaton.AddEdge(first, CharSet.Of(lows), to);
            }
        }

        // White space and control characters beyond ASCII: two or three bytes of UTF-8.
        private static void WriteOthers(Automaton automaton, int from, int to)
        {
            int first = Byte(automaton, from, "CE", Hexadecimal, automaton.AddState());
            int second = Byte(automaton, first, "89AB", Hexadecimal, automaton.AddState());
            automaton.AddShortcut(second, to);
            Byte(automaton, second, "89AB", Hexadecimal, to);
        }

        private static int Byte(Automaton automaton, int from, string high, CharSet low, int to)
        {
            int percent = automaton.AddState(), half = automaton.AddState();
            automaton.AddEdge(from, CharSet.Single('%'), percent);
            automaton.AddEdge(percent, CharSet.Of(high), half);
            automaton.AddEdge(half, low, to);
            return to;
        }
    }
}
