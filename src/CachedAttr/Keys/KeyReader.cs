using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace CachedAttr.Keys;

/// <summary>Reads the arguments out of a key: the inverse of <see cref="KeyWriter"/>. No input makes it throw.</summary>
/// <remarks>It may read spellings that the writer would not write; who needs exactness writes what was read and compares.</remarks>
public ref struct KeyReader
{
    private const int StackChars = 256;

    private ReadOnlySpan<char> _rest;

    /// <summary>Begins at the start of a key.</summary>
    /// <param name="key">The key.</param>
    public KeyReader(ReadOnlySpan<char> key) => _rest = key;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads text of the template.</summary>
    /// <param name="text">The text that must come next.</param>
    /// <returns>Whether it did.</returns>
    public bool TryReadLiteral(scoped ReadOnlySpan<char> text)
    {
        if (!_rest.StartsWith(text))
            return false;
        _rest = _rest[text.Length..];
        return true;
    }

    /// <summary>Reads a string.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="delimiter">The character that follows the hole; the argument ends there or at the end of the key.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryReadString(out string? value, char delimiter = KeyEscape.DefaultDelimiter)
    {
        var hole = ReadHole(delimiter);
        value = null;
        if (hole.SequenceEqual(KeyEscape.Null))
            return true;
        if (hole.SequenceEqual(KeyEscape.Empty))
        {
            value = "";
            return true;
        }

        if (!hole.Contains('%'))
        {
            value = hole.ToString();
            return !hole.IsEmpty;
        }

        char[] buffer = ArrayPool<char>.Shared.Rent(hole.Length);
        bool wellFormed = KeyEscape.TryUnescape(hole, buffer, out int written);
        if (wellFormed)
            value = new string(buffer, 0, written);
        ArrayPool<char>.Shared.Return(buffer);
        return wellFormed;
    }

    /// <summary>Reads a scalar; of a reference type also a null, even where its annotation says that there is none.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <inheritdoc cref="TryReadString"/>
    public bool TryRead<T>([MaybeNullWhen(false)] out T value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : ISpanParsable<T>
    {
        var hole = ReadHole(delimiter);
        if (!hole.Contains('%'))
            return ScalarText.TryParse(hole, out value);
        value = default;
        if (default(T) is null && hole.SequenceEqual(KeyEscape.Null))
        {
            value = default!;
            return true;
        }

        Span<char> text = stackalloc char[StackChars];
        return hole.Length <= StackChars && KeyEscape.TryUnescape(hole, text, out int written) && ScalarText.TryParse(text[..written], out value);
    }

    /// <summary>Reads a scalar or a null.</summary>
    /// <inheritdoc cref="TryRead{T}"/>
    public bool TryReadNullable<T>(out T? value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : struct, ISpanParsable<T>
    {
        value = null;
        if (TryReadNull(delimiter))
            return true;
        if (!TryRead<T>(out var known, delimiter))
            return false;
        value = known;
        return true;
    }

    /// <summary>Reads an enum.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <inheritdoc cref="TryReadString"/>
    public bool TryReadEnum<T>(out T value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : struct, Enum
    {
        value = default;
        return TryReadString(out string? text, delimiter) && Enum.TryParse(text, out value);
    }

    /// <inheritdoc cref="TryReadEnum{T}(out T, char)"/>
    public bool TryReadEnum<T>(out T? value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : struct, Enum
    {
        value = null;
        if (TryReadNull(delimiter))
            return true;
        if (!TryReadEnum(out T known, delimiter))
            return false;
        value = known;
        return true;
    }

    /// <inheritdoc cref="TryReadString"/>
    public bool TryRead(out bool value, char delimiter = KeyEscape.DefaultDelimiter)
    {
        var hole = ReadHole(delimiter);
        value = hole is "true";
        return value || hole is "false";
    }

    /// <inheritdoc cref="TryReadString"/>
    public bool TryRead(out bool? value, char delimiter = KeyEscape.DefaultDelimiter)
    {
        value = null;
        if (TryReadNull(delimiter))
            return true;
        bool read = TryRead(out bool known, delimiter);
        value = known;
        return read;
    }

    private bool TryReadNull(char delimiter)
    {
        var before = _rest;
        if (ReadHole(delimiter).SequenceEqual(KeyEscape.Null))
            return true;
        _rest = before;
        return false;
    }

    private ReadOnlySpan<char> ReadHole(char delimiter)
    {
        int end = _rest.IndexOf(delimiter);
        var hole = end < 0 ? _rest : _rest[..end];
        _rest = _rest[hole.Length..];
        return hole;
    }
}
