using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CachedAttr.Keys;

/// <summary>
/// The one text of every scalar value: invariant culture, round trip, and the same text exactly for equal values (1.0m and 1.00m, 0.0 and -0.0).
/// </summary>
/// <remarks>
/// Dates are written so that the text names what they name: a UTC time ends in <c>Z</c>, one of no kind in neither; a local time is written as its UTC
/// instant and <c>ZL</c>, so that it is the same key in every time zone. A <see cref="DateTimeOffset"/> keeps its offset.
/// </remarks>
internal static class ScalarText
{
    private const string RoundTrip = "O";

    /// <summary>Formats a value; <see langword="false"/> if the buffer is too short.</summary>
    public static bool TryFormat<T>([DisallowNull] T value, Span<char> buffer, out int written)
        where T : ISpanFormattable?
    {
        // The comparisons of types are decided when the code is compiled for T.
        if (typeof(T) == typeof(DateTime))
            return TryFormat(Unsafe.BitCast<T, DateTime>(value), buffer, out written);
        if (typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly))
            return value.TryFormat(buffer, out written, RoundTrip, CultureInfo.InvariantCulture);
        if (typeof(T) == typeof(decimal))
            return Normalize(Unsafe.BitCast<T, decimal>(value)).TryFormat(buffer, out written, default, CultureInfo.InvariantCulture);
        if (typeof(T) == typeof(double))
            return TryFormatFloat(Unsafe.BitCast<T, double>(value), buffer, out written);
        if (typeof(T) == typeof(float))
            return TryFormatFloat(Unsafe.BitCast<T, float>(value), buffer, out written);
        if (typeof(T) == typeof(Half))
            return TryFormatFloat(Unsafe.BitCast<T, Half>(value), buffer, out written);
        return value.TryFormat(buffer, out written, default, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a text that <see cref="TryFormat{T}"/> has written; other spellings may be read too.</summary>
    public static bool TryParse<T>(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value)
        where T : ISpanParsable<T>
    {
        if (typeof(T) == typeof(DateTime))
        {
            bool parsed = TryParse(text, out DateTime time);
            value = Unsafe.BitCast<DateTime, T>(time);
            return parsed;
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            bool parsed = DateTimeOffset.TryParseExact(text, RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
            value = Unsafe.BitCast<DateTimeOffset, T>(time);
            return parsed;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryFormat(DateTime value, Span<char> buffer, out int written)
    {
        if (value.Kind != DateTimeKind.Local)
            return value.TryFormat(buffer, out written, RoundTrip, CultureInfo.InvariantCulture);
        if (!value.ToUniversalTime().TryFormat(buffer, out written, RoundTrip, CultureInfo.InvariantCulture) || written == buffer.Length)
            return false;
        buffer[written++] = 'L';
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out DateTime value)
    {
        bool local = text is [.., 'L'];
        if (!DateTime.TryParseExact(local ? text[..^1] : text, RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value))
            return false;
        if (local)
            value = value.ToLocalTime();
        return true;
    }

    // Dividing by one with the most digits behind the point takes off all trailing zeros.
    private static decimal Normalize(decimal value) => value == 0 ? 0 : value / 1.0000000000000000000000000000m;

    private static bool TryFormatFloat<T>(T value, Span<char> buffer, out int written)
        where T : INumber<T> => (T.IsZero(value) ? T.Zero : value).TryFormat(buffer, out written, default, CultureInfo.InvariantCulture);
}
