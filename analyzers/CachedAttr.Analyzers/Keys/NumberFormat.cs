using System.Globalization;

namespace CachedAttr.Analyzers.Keys;

/// <summary>Finds out what a format of numbers leaves out.</summary>
internal static class NumberFormat
{
    private const string Digits = "digits";

    public static string? LeftOutOfInteger(string format)
    {
        if (Standard(format, out int? precision) is { } specifier)
        {
            // Nineteen digits are all that a long has before the last one.
            return specifier switch
            {
                'E' => precision >= 19 ? null : Digits,
                'G' => precision is null or 0 or >= 20 ? null : Digits,
                _ => null,
            };
        }

        // A comma before the point, or at the end, divides by a thousand.
        string whole = format.Split('.')[0];
        return whole.EndsWith(",", StringComparison.Ordinal) ? Digits : null;
    }

    public static string? LeftOutOfFraction(string type, string format)
    {
        const string Decimals = "decimals";
        bool isDecimal = type == "decimal";
        if (Standard(format, out int? precision) is not { } specifier)
            return HasExponent(format) ? null : isDecimal && format.Split('.') is [_, { Length: >= 28 }] ? null : Decimals;
        return specifier switch
        {
            'R' => null,
            'G' => precision is null or 0 || precision >= Significant(type) ? null : Digits,
            'E' => precision >= Significant(type) - 1 ? null : Digits,
            'F' or 'N' or 'C' or 'P' => isDecimal && precision >= 28 ? null : Decimals,
            _ => null,
        };
    }

    private static int Significant(string type) => type switch
    {
        "float" => 9,
        "double" => 17,
        "decimal" => 29,
        _ => 5,
    };

    private static char? Standard(string format, out int? precision)
    {
        precision = int.TryParse(format.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out int digits) ? digits : null;
        return char.IsLetter(format[0]) && (format.Length == 1 || precision is not null) ? char.ToUpperInvariant(format[0]) : null;
    }

    private static bool HasExponent(string format) => format.IndexOfAny(['E', 'e']) >= 0;
}
