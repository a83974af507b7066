using System.Globalization;

namespace CachedAttr.Analyzers;

/// <summary>Writes a time for people: the seconds, and days or hours where that is easier to judge.</summary>
internal static class TimeText
{
    private const double Hour = 3600;
    private const double Day = 24 * Hour;

    public static string Of(double seconds)
    {
        string text = seconds.ToString("R", CultureInfo.InvariantCulture) + " s";
        return seconds >= 2 * Day ? $"{text} ({Round(seconds / Day)} days)"
            : seconds >= 2 * Hour ? $"{text} ({Round(seconds / Hour)} hours)"
            : text;
    }

    private static string Round(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
