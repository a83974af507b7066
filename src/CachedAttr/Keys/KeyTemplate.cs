using System.Globalization;

namespace CachedAttr.Keys;

/// <summary>What keys a method can have, known at run time: literal text and holes, <c>server:{id}:tools</c>. A last hole <c>{name**}</c> takes any text.</summary>
/// <remarks>Immutable. A hole is one or more characters none of which is <c>:</c>, a wildcard or the character that follows the hole.</remarks>
public sealed class KeyTemplate
{
    private readonly string _text;
    private readonly string[] _literals;   // before the first hole, between holes, after the last
    private readonly bool _freeEnd;
    private readonly GlobToken[] _tokens;

    private KeyTemplate(string text, string[] literals, bool freeEnd)
    {
        _text = text;
        _literals = literals;
        _freeEnd = freeEnd;
        _tokens = Tokenize(literals, freeEnd);
    }

    /// <summary>The text before the first hole.</summary>
    public string LiteralHead => _literals[0];

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <returns>The template.</returns>
    /// <exception cref="ArgumentException">A brace has no partner, or a free hole is not the last.</exception>
    public static KeyTemplate Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var literals = new List<string>();
        bool free = false;
        int start = 0;
        for (int open; (open = text.IndexOf('{', start)) >= 0;)
        {
            int close = text.IndexOf('}', open);
            if (close < 0 || free)
                throw Malformed(text, free ? "a hole after one that takes the rest" : "an opening brace without its partner", open);
            free = text.AsSpan(open, close - open).EndsWith("**");
            literals.Add(text[start..open]);
            start = close + 1;
        }

        literals.Add(text[start..]);
        return free && start < text.Length
            ? throw Malformed(text, "more text after a hole that takes the rest", start)
            : new KeyTemplate(text, [.. literals], free);
    }

    /// <summary>Whether a key may be one of this template's: a cheap necessary condition.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if it certainly is not.</returns>
    public bool CanProduce(ReadOnlySpan<char> key)
    {
        if (!key.StartsWith(_literals[0]))
            return false;
        key = key[_literals[0].Length..];
        for (int i = 1; i < _literals.Length; i++)
        {
            bool last = i == _literals.Length - 1;
            if (last && _freeEnd)
                return !key.IsEmpty;
            string literal = _literals[i];
            int end = literal.Length > 0 ? key.IndexOf(literal[0]) : key.Length;
            if (end <= 0 || key[..end].Contains(KeyEscape.DefaultDelimiter) || !key[end..].StartsWith(literal))
                return false;
            key = key[(end + literal.Length)..];
        }

        return key.IsEmpty;
    }

    /// <summary>Whether a pattern may match a key of this template.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns><see langword="false"/> if it certainly does not.</returns>
    public bool MayMatch(KeyPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);

        // Most pairs differ in the first few characters.
        string head = LiteralHead, prefix = pattern.LiteralPrefix;
        int common = Math.Min(head.Length, prefix.Length);
        return head.AsSpan(0, common).SequenceEqual(prefix.AsSpan(0, common)) && GlobToken.Intersect(_tokens, pattern.Tokens);
    }

    /// <summary>Whether a pattern whose holes are not filled yet may match a key of this template.</summary>
    internal bool MayMatch(GlobToken[] pattern) => GlobToken.Intersect(_tokens, pattern);

    /// <summary>The template as it was written.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;

    private static ArgumentException Malformed(string text, string what, int position) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The key template '{text}' has {what}, at position {position}."), nameof(text));

    private static GlobToken[] Tokenize(string[] literals, bool freeEnd)
    {
        var tokens = new List<GlobToken>();
        for (int i = 0; i < literals.Length; i++)
        {
            if (i > 0)
            {
                var set = freeEnd && i == literals.Length - 1 ? CharSet.All : CharSet.Hole;
                tokens.Add(new GlobToken(set, Repeats: false));
                tokens.Add(new GlobToken(set, Repeats: true));
            }

            foreach (char c in literals[i])
                tokens.Add(new GlobToken(CharSet.Single(c), Repeats: false));
        }

        return [.. tokens];
    }
}
