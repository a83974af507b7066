namespace CachedAttr.Analyzers.Keys;

/// <summary>Finds out what a format of dates and times leaves out.</summary>
internal static class TimeFormat
{
    public const string TimeOfDay = "the time of day";
    private const string Fractions = "fractions of a second";
    private const string Year = "the year";
    private const string Day = "the day";

    public static string? LeftOut(string type, string format)
    {
        bool hasDate = type is not ("global::System.TimeOnly" or "global::System.TimeSpan"), hasTime = type != "global::System.DateOnly";
        if (format.Length == 1)
            return type == "global::System.TimeSpan" ? null : Standard(format[0], hasDate, hasTime);
        if (type == "global::System.TimeSpan")
            return Duration(Letters(format));
        var letters = Letters(format);
        return (hasDate ? Date(letters) : null) ?? (hasTime ? Time(letters) : null);
    }

    private static string? Standard(char specifier, bool hasDate, bool hasTime) => specifier switch
    {
        'O' or 'o' => null,
        'R' or 'r' or 's' or 'u' => hasTime ? Fractions : null,
        'd' or 'D' => hasTime ? TimeOfDay : null,
        'f' or 'g' or 'F' or 'G' or 'U' => "seconds or fractions of them",
        't' or 'T' => hasDate ? Day : "seconds or fractions of them",
        'M' or 'm' => Year,
        'Y' or 'y' => Day,
        _ => null,
    };

    private static string? Date(IReadOnlyDictionary<char, int> letters) =>
        Count(letters, 'y') is var year && year < 3 ? (year == 0 ? Year : "the century")
        : Count(letters, 'M') == 0 ? "the month"
        : Count(letters, 'd') is 0 or > 2 ? Day
        : null;

    private static string? Time(IReadOnlyDictionary<char, int> letters)
    {
        bool hasHour = Count(letters, 'H') > 0 || (Count(letters, 'h') > 0 && Count(letters, 't') > 0);
        bool hasAny = letters.Keys.Any(letter => letter is 'H' or 'h' or 'm' or 's' or 'f' or 'F');
        return !hasAny ? TimeOfDay
            : !hasHour ? "the hour, or which half of the day it is"
            : Count(letters, 'm') == 0 ? "minutes"
            : Count(letters, 's') == 0 ? "seconds"
            : Math.Max(Count(letters, 'f'), Count(letters, 'F')) < 7 ? Fractions
            : null;
    }

    // A format of one's own has no sign.
    private static string? Duration(IReadOnlyDictionary<char, int> letters) =>
        Count(letters, 'd') == 0 ? "days"
        : Count(letters, 'h') == 0 ? "hours"
        : Count(letters, 'm') == 0 ? "minutes"
        : Count(letters, 's') == 0 ? "seconds"
        : Math.Max(Count(letters, 'f'), Count(letters, 'F')) < 7 ? Fractions
        : "the sign";

    /// <summary>The longest run of each letter that stands for something.</summary>
    private static Dictionary<char, int> Letters(string format)
    {
        var runs = new Dictionary<char, int>();
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c == '\\')
                i++;
            else if (c is '\'' or '"')
                i = format.IndexOf(c, i + 1) is var end && end < 0 ? format.Length : end;
            else if (char.IsLetter(c))
                runs[c] = Math.Max(Count(runs, c), format.Skip(i).TakeWhile(other => other == c).Count());
        }

        return runs;
    }

    private static int Count(IReadOnlyDictionary<char, int> letters, char letter) => letters.TryGetValue(letter, out int count) ? count : 0;
}
