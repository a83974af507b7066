using System.Buffers;
using System.Globalization;

namespace CachedAttr.Keys;

/// <summary>Writes a key: the template's text as it is, arguments escaped, so that different arguments never give the same key.</summary>
/// <remarks>
/// Scalars have one text each, see docs/keys.md. It begins in the buffer it is given and grows into a pooled one, which <see cref="Dispose"/> gives back.
/// Each hole is written with the character that follows it in the template, its delimiter, which is escaped too; <c>:</c> always is.
/// </remarks>
public ref struct KeyWriter
{
    private const int LongestEscape = 9;

    private Span<char> _buffer;
    private char[]? _rented;
    private int _length;

    /// <summary>Begins an empty key.</summary>
    /// <param name="initialBuffer">Where the key is written as long as it fits.</param>
    public KeyWriter(Span<char> initialBuffer) => _buffer = initialBuffer;

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<char> Written => _buffer[.._length];

    /// <summary>Writes text of the template.</summary>
    /// <param name="text">The text, taken as it is.</param>
    public void AppendLiteral(scoped ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    /// <summary>Writes an argument.</summary>
    /// <param name="value">The argument; <see langword="null"/> is written as <c>%n</c>, an empty string as <c>%e</c>.</param>
    /// <param name="delimiter">The character that follows the hole; <c>*</c> in a pattern: a wildcard follows, see docs/keys.md.</param>
    public void Append(string? value, char delimiter = KeyEscape.DefaultDelimiter)
    {
        if (value is null)
            AppendLiteral(KeyEscape.Null);
        else
            Append(value.AsSpan(), delimiter);
    }

    /// <inheritdoc cref="Append(string?, char)"/>
    public void Append(scoped ReadOnlySpan<char> value, char delimiter = KeyEscape.DefaultDelimiter)
    {
        if (value.IsEmpty)
            AppendLiteral(KeyEscape.Empty);
        else if (KeyEscape.IsPlain(value, delimiter))
            AppendLiteral(value);
        else
            AppendEscaped(value, delimiter);
    }

    /// <inheritdoc cref="Append(string?, char)"/>
    public void Append(bool value, char delimiter = KeyEscape.DefaultDelimiter) => Append(value ? "true" : "false", delimiter);

    /// <inheritdoc cref="Append(string?, char)"/>
    public void Append(bool? value, char delimiter = KeyEscape.DefaultDelimiter)
    {
        if (value is { } known)
            Append(known, delimiter);
        else
            AppendLiteral(KeyEscape.Null);
    }

    /// <inheritdoc cref="Append(string?, char)"/>
    public void Append(char value, char delimiter = KeyEscape.DefaultDelimiter) => Append(new ReadOnlySpan<char>(in value), delimiter);

    /// <summary>Writes an argument in its canonical text.</summary>
    /// <typeparam name="T">A type of scalar values.</typeparam>
    /// <inheritdoc cref="Append(string?, char)"/>
    public void Append<T>(T value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : ISpanFormattable?
    {
        if (value is null)
        {
            AppendLiteral(KeyEscape.Null);
            return;
        }

        Span<char> text = stackalloc char[128];
        char[]? rented = null;
        int written;
        while (!ScalarText.TryFormat(value, text, out written))
            text = Grow(ref rented, text.Length);
        Append(text[..written], delimiter);
        Return(rented);
    }

    /// <inheritdoc cref="Append{T}(T, char)"/>
    public void AppendNullable<T>(T? value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : struct, ISpanFormattable
    {
        if (value is { } known)
            Append(known, delimiter);
        else
            AppendLiteral(KeyEscape.Null);
    }

    /// <summary>Writes an enum by its name, an undefined value by its number.</summary>
    /// <inheritdoc cref="Append{T}(T, char)"/>
    public void AppendEnum<T>(T value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : struct, Enum
    {
        Span<char> text = stackalloc char[128];
        char[]? rented = null;
        int written;
        while (!Enum.TryFormat(value, text, out written))
            text = Grow(ref rented, text.Length);
        Append(text[..written], delimiter);
        Return(rented);
    }

    /// <inheritdoc cref="AppendEnum{T}(T, char)"/>
    public void AppendEnum<T>(T? value, char delimiter = KeyEscape.DefaultDelimiter)
        where T : struct, Enum
    {
        if (value is { } known)
            AppendEnum(known, delimiter);
        else
            AppendLiteral(KeyEscape.Null);
    }

    /// <summary>Writes an argument in a format of the template, invariant culture.</summary>
    /// <typeparam name="T">Any formattable type.</typeparam>
    /// <param name="value">The argument.</param>
    /// <param name="format">The format.</param>
    /// <param name="delimiter">The character that follows the hole.</param>
    public void AppendFormatted<T>(T value, string? format, char delimiter = KeyEscape.DefaultDelimiter)
        where T : IFormattable? => Append(value?.ToString(format, CultureInfo.InvariantCulture), delimiter);

    /// <summary>The key.</summary>
    /// <returns>The key as a string.</returns>
    public override readonly string ToString() => Written.ToString();

    /// <summary>Gives the pooled buffer back. The writer cannot be used after it.</summary>
    public void Dispose()
    {
        Return(_rented);
        this = default;
    }

    private void AppendEscaped(scoped ReadOnlySpan<char> value, char delimiter)
    {
        while (!value.IsEmpty)
        {
            var (plain, escaped) = KeyEscape.Next(value, delimiter);
            AppendLiteral(value[..plain]);
            if (escaped > 0)
            {
                Reserve(LongestEscape);
                if (delimiter == KeyEscape.UnknownDelimiter && !KeyEscape.IsSpecial(value[plain]))
                    _buffer[_length++] = '*';
                else
                    _length += KeyEscape.Write(value[plain], _buffer[_length..]);
            }

            value = value[(plain + escaped)..];
        }
    }

    private void Reserve(int more)
    {
        if (_length + more <= _buffer.Length)
            return;
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + more, _buffer.Length * 2));
        Written.CopyTo(larger);
        Return(_rented);
        _buffer = _rented = larger;
    }

    private static Span<char> Grow(ref char[]? rented, int length)
    {
        Return(rented);
        return rented = ArrayPool<char>.Shared.Rent(length * 2);
    }

    private static void Return(char[]? rented)
    {
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }
}
