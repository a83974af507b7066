using System.Buffers;
using System.Globalization;

namespace CachedAttr.Keys;

/// <summary>
/// How arguments are kept apart from a key's structure: percent-escapes as in RFC 3986, of everything that means something in a key or a pattern.
/// </summary>
/// <remarks>
/// Escaped are <c>% : * ? [ ] { } \</c>, white space, control characters, the character that follows the hole in the template, and surrogates without
/// their other half (as their three bytes, which no valid UTF-8 has), so that nothing is lost when the key becomes UTF-8. A null is <c>%n</c>, an empty
/// string <c>%e</c>.
/// </remarks>
internal static class KeyEscape
{
    public const char DefaultDelimiter = ':';

    /// <summary>
    /// In a pattern, before a wildcard: the keys that are meant may escape any punctuation there, or none. Each such character becomes a <c>*</c>, so
    /// that the pattern matches them all.
    /// </summary>
    public const char UnknownDelimiter = '*';

    public const string Null = "%n";
    public const string Empty = "%e";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!@#$&'()+,;=/<>|^`\"");

    private static readonly SearchValues<char> Alphanumeric =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Whether a text needs no escape.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text, char delimiter) =>
        delimiter == UnknownDelimiter ? !text.ContainsAnyExcept(Alphanumeric)
        : !text.ContainsAnyExcept(Plain) && (delimiter == DefaultDelimiter || !text.Contains(delimiter));

    /// <summary>How many characters at the start of a text can be taken as they are, and how many after them have to be escaped together.</summary>
    public static (int Plain, int Escaped) Next(ReadOnlySpan<char> text, char delimiter)
    {
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                i += 2;
            else if (c == delimiter || IsSpecial(c) || (delimiter == UnknownDelimiter && MayBeDelimiter(c)))
                return (i, 1);
            else
                i++;
        }

        return (i, 0);
    }

    /// <summary>Whether a character may not stand in a hole.</summary>
    public static bool IsSpecial(char c) =>
        c is '%' or ':' or '*' or '?' or '[' or ']' or '{' or '}' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c);

    /// <summary>Whether a template may have this character behind a hole: ASCII punctuation.</summary>
    public static bool MayBeDelimiter(char c) => c is > ' ' and < '\x7F' && !char.IsAsciiLetterOrDigit(c);

    /// <summary>Writes a character as its escaped UTF-8 bytes and returns how many characters that took, nine at most.</summary>
    public static int Write(char c, Span<char> destination)
    {
        if (c < 0x80)
            return Write((byte)c, destination);
        if (c < 0x800)
            return Write((byte)(0xC0 | (c >> 6)), destination) + Write((byte)(0x80 | (c & 0x3F)), destination[3..]);
        return Write((byte)(0xE0 | (c >> 12)), destination)
            + Write((byte)(0x80 | ((c >> 6) & 0x3F)), destination[3..])
            + Write((byte)(0x80 | (c & 0x3F)), destination[6..]);
    }

    /// <summary>Takes the escapes out of a text, in place of a buffer that is at least as long.</summary>
    /// <returns>Whether all of them were well formed.</returns>
    public static bool TryUnescape(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        while (!text.IsEmpty)
        {
            if (text[0] != '%')
            {
                destination[written++] = text[0];
                text = text[1..];
            }
            else if (!TryReadCharacter(ref text, out destination[written++]))
            {
                return false;
            }
        }

        return true;
    }

    private static int Write(byte value, Span<char> destination)
    {
        destination[0] = '%';
        value.TryFormat(destination[1..], out _, "X2", CultureInfo.InvariantCulture);
        return 3;
    }

    // Only characters of up to three bytes are ever escaped.
    private static bool TryReadCharacter(ref ReadOnlySpan<char> text, out char character)
    {
        character = default;
        if (!TryReadByte(ref text, out int first))
            return false;
        int more = first switch { < 0x80 => 0, >= 0xC2 and < 0xE0 => 1, >= 0xE0 and < 0xF0 => 2, _ => -1 };
        int value = more switch { 0 => first, 1 => first & 0x1F, _ => first & 0x0F };
        for (int i = 0; i < more; i++)
        {
            if (!TryReadByte(ref text, out int next) || (next & 0xC0) != 0x80)
                return false;
            value = (value << 6) | (next & 0x3F);
        }

        character = (char)value;
        return more >= 0;
    }

    private static bool TryReadByte(ref ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != '%' || !int.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
            return false;
        text = text[3..];
        return true;
    }
}
