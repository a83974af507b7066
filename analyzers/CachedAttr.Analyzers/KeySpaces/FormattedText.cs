using CachedAttr.Analyzers.Languages;
using static CachedAttr.Analyzers.Languages.Language;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>The texts that a value has in a format of the template, as far as formats of digits go.</summary>
internal static class FormattedText
{
    private static readonly Language Digit = Language.Of(CharSet.Digits);

    /// <summary>The texts; null where they can be any.</summary>
    public static Language? Of(string type, string format) => type switch
    {
        "global::System.DateOnly" or "global::System.TimeOnly" or "global::System.DateTime" or "global::System.DateTimeOffset" => OfTime(format),
        "byte" or "ushort" or "uint" or "ulong" or "sbyte" or "short" or "int" or "long" => OfInteger(format),
        _ => null,
    };

    private static Language? OfInteger(string format)
    {
        char specifier = char.ToUpperInvariant(format[0]);
        bool isPrecise = format.Skip(1).All(char.IsDigit);
        if (isPrecise && specifier == 'D')
            return Then(Optional(Language.Of("-")), AtLeast(1, Digit));
        if (isPrecise && specifier == 'X')
            return AtLeast(1, Language.Of(CharSet.Of("0123456789ABCDEFabcdef")));
        return format.All(c => c == '0') ? Then(Optional(Language.Of("-")), AtLeast(1, Digit)) : null;
    }

    // yyyy-MM-dd: runs of letters that stand for digits, and characters that stand for themselves.
    private static Language? OfTime(string format)
    {
        if (format.Length < 2)
            return null;
        var items = new List<Language>();
        for (int i = 0; i < format.Length;)
        {
            int run = format.Skip(i).TakeWhile(c => c == format[i]).Count();
            if (Part(format[i], run) is not { } part)
                return null;
            items.Add(part);
            i += run;
        }

        return Then([.. items]);
    }

    private static Language? Part(char letter, int run) => letter switch
    {
        'y' when run is 2 or >= 4 => Times(run, Digit),
        'M' or 'd' or 'H' or 'h' or 'm' or 's' when run is 1 => Then(Digit, Optional(Digit)),
        'M' or 'd' or 'H' or 'h' or 'm' or 's' when run is 2 => Times(2, Digit),
        'f' => Times(run, Digit),
        '-' or '_' or '.' or ':' or '/' or ' ' or 'T' => Language.Of(new string(letter, run)),
        _ => null,
    };
}
