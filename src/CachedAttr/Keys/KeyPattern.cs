using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CachedAttr.Keys;

/// <summary>A glob over keys: <c>*</c> any run of characters, <c>:</c> included; <c>?</c> one character; <c>[abc]</c>, <c>[a-z]</c>, <c>[!a]</c> one of a set; <c>\</c> the next character as it is.</summary>
/// <remarks>Immutable. Arguments in keys are escaped, so a wildcard never meets one of an argument.</remarks>
public sealed class KeyPattern
{
    private readonly string _text;
    private readonly GlobToken[] _tokens;

    private KeyPattern(string text, GlobToken[] tokens, string literalPrefix)
    {
        _text = text;
        _tokens = tokens;
        LiteralPrefix = literalPrefix;
        IsExact = literalPrefix.Length == tokens.Length;
    }

    /// <summary>The pattern that matches every key.</summary>
    public static KeyPattern Everything { get; } = Parse("*");

    /// <summary>Whether the pattern has no wildcards, so that it matches one key only.</summary>
    public bool IsExact { get; }

    /// <summary>What every matching key begins with; the whole key if <see cref="IsExact"/>.</summary>
    public string LiteralPrefix { get; }

    internal ReadOnlySpan<GlobToken> Tokens => _tokens;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="ArgumentException">It is malformed; the message says where and why.</exception>
    public static KeyPattern Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return TryParse(text, out var pattern, out string? error) ? pattern : throw new ArgumentException(error, nameof(text));
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="pattern">The pattern, if it is well formed.</param>
    /// <param name="error">What is wrong with it, if it is not.</param>
    /// <returns>Whether it is well formed.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeyPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        var tokens = new List<GlobToken>(text.Length);
        var prefix = new StringBuilder();
        int position = 0;
        error = text.Length == 0 ? "A pattern must not be empty; '*' matches everything." : null;
        while (error is null && position < text.Length)
        {
            bool literal = tokens.Count == prefix.Length;
            error = ReadToken(text, ref position, tokens, out char c, ref literal);
            if (literal && error is null)
                prefix.Append(c);
        }

        if (error is null)
            pattern = new KeyPattern(text, [.. tokens], prefix.ToString());
        return pattern is not null;
    }

    /// <summary>Whether the pattern matches a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it does. Takes at most time proportional to the product of both lengths, and no memory.</returns>
    public bool IsMatch(ReadOnlySpan<char> key)
    {
        if (!key.StartsWith(LiteralPrefix))
            return false;
        int token = LiteralPrefix.Length, position = token, retryToken = -1, retryPosition = 0;
        while (position < key.Length)
        {
            if (token < _tokens.Length && _tokens[token].Repeats)
            {
                // The last star is the only one that has to be tried with more: what an earlier one could take more, this one could too.
                retryToken = ++token;
                retryPosition = position;
                if (token == _tokens.Length)
                    return true;
            }
            else if (token < _tokens.Length && _tokens[token].Set.Contains(key[position]))
            {
                token++;
                position++;
            }
            else if (retryToken >= 0)
            {
                token = retryToken;
                position = ++retryPosition;
            }
            else
            {
                return false;
            }
        }

        while (token < _tokens.Length && _tokens[token].Repeats)
            token++;
        return token == _tokens.Length;
    }

    /// <summary>Whether some text matches both patterns.</summary>
    /// <param name="other">The other pattern.</param>
    /// <returns>Whether there is one; exact.</returns>
    public bool MayIntersect(KeyPattern other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return GlobToken.Intersect(_tokens, other._tokens);
    }

    /// <summary>The pattern as it was written.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;

    private static string? ReadToken(string text, ref int position, List<GlobToken> tokens, out char c, ref bool literal)
    {
        c = text[position++];
        switch (c)
        {
            case '*':
                literal = false;
                if (tokens.Count == 0 || !tokens[^1].Repeats)
                    tokens.Add(new GlobToken(CharSet.All, Repeats: true));
                return null;
            case '?':
                literal = false;
                tokens.Add(new GlobToken(CharSet.All, Repeats: false));
                return null;
            case '[':
                literal = false;
                return ReadSet(text, ref position, tokens);
            case '\\' when position == text.Length:
                return $"The pattern '{text}' ends in a backslash, which takes the next character as it is; write \\\\ for one.";
            case '\\':
                c = text[position++];
                break;
        }

        tokens.Add(new GlobToken(CharSet.Single(c), Repeats: false));
        return null;
    }

    private static string? ReadSet(string text, ref int position, List<GlobToken> tokens)
    {
        int open = position - 1;
        bool negated = position < text.Length && text[position] is '!' or '^';
        if (negated)
            position++;
        var ranges = new List<(char First, char Last)>();
        while (position < text.Length && text[position] != ']')
        {
            char first = ReadSetCharacter(text, ref position);
            char last = first;
            if (position + 1 < text.Length && text[position] == '-' && text[position + 1] != ']')
            {
                position++;
                last = ReadSetCharacter(text, ref position);
            }

            if (last < first)
                return Error($"The pattern '{text}' has the range '{first}-{last}' in the set at position {open}, which is empty; write '{last}-{first}'.");
            ranges.Add((first, last));
        }

        if (position++ >= text.Length)
            return Error($"The pattern '{text}' opens a set at position {open} and does not close it; write \\[ for a bracket.");
        if (ranges.Count == 0)
            return Error($"The pattern '{text}' has an empty set at position {open}; write \\[ for a bracket.");
        tokens.Add(new GlobToken(CharSet.Of(ranges, negated), Repeats: false));
        return null;
    }

    private static string Error(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);

    private static char ReadSetCharacter(string text, ref int position)
    {
        if (text[position] == '\\' && position + 1 < text.Length)
            position++;
        return text[position++];
    }
}
