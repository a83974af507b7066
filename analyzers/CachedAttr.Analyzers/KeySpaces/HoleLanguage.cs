using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;
using static CachedAttr.Analyzers.Languages.Language;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>The texts that a hole can have, by the type of its value (docs/keys.md).</summary>
internal static class HoleLanguage
{
    /// <summary>One or more of any character: what is known of the hole of another assembly's method.</summary>
    public static Language Any { get; } = AtLeast(1, Language.Of(CharSet.All));

    private static readonly Language Digit = Language.Of(CharSet.Digits);
    private static readonly Language Zero = Language.Of("0");
    private static readonly Language Counting = Then(Language.Of(CharSet.Range('1', '9')), AtLeast(0, Digit));
    private static readonly Language Integer = Either(Then(Optional(Language.Of("-")), Counting), Zero);
    private static readonly Language Decimal = Then(Optional(Language.Of("-")), Either(Counting, Zero), Optional(Then(Language.Of("."), AtLeast(1, Digit))));
    private static readonly Language Float =
        Either(
            Then(Decimal, Optional(Then(Language.Of("E"), Language.Of(CharSet.Of("+-")), AtLeast(1, Digit)))), Language.Of("NaN"), Then(Optional(Language.Of("-")), Language.Of("Infinity")));

    private static readonly Language Hexadecimal = Language.Of(CharSet.Of("0123456789abcdef"));
    private static readonly Language Date = Then(Times(4, Digit), Language.Of("-"), Two, Language.Of("-"), Two);
    private static readonly Language Time = Then(Two, Language.Of(":"), Two, Language.Of(":"), Two, Language.Of("."), Times(7, Digit));
    private static readonly Language Span = Then(
        Optional(Language.Of("-")), Optional(Then(AtLeast(1, Digit), Language.Of("."))), Two, Language.Of(":"), Two, Language.Of(":"), Two,
        Optional(Then(Language.Of("."), Times(7, Digit))));

    /// <summary>A hash: 22 characters of base64url, not escaped.</summary>
    public static Language Hash { get; } = Times(22, Language.Of(CharSet.Of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")));

    private static Language UpTo(int digits) => Then(Language.Of(CharSet.Range('1', '9')), AtMost(digits - 1, Digit));

    private static Language Whole(int digits) => Either(UpTo(digits), Zero);

    private static Language Signed(int digits) => Either(Then(Optional(Language.Of("-")), UpTo(digits)), Zero);

    private static Language Two => Times(2, Digit);

    /// <summary>The texts of a scalar before they are escaped; null where they can be any.</summary>
    public static Language? OfScalar(ScalarModel scalar, string? format, ITypeSymbol? type) => scalar.Kind switch
    {
        ScalarKind.Boolean => Either(Language.Of("true"), Language.Of("false")),
        ScalarKind.Character => Language.Of(CharSet.All),
        ScalarKind.Enum => format is null && type is not null ? Enum(type) : null,
        ScalarKind.Formattable => format is null ? Formattable(scalar.Type) : FormattedText.Of(scalar.Type, format),
        _ => null,
    };

    private static Language? Formattable(string type) => type switch
    {
        "byte" => Whole(3),
        "ushort" => Whole(5),
        "uint" => Whole(10),
        "ulong" or "nuint" => Whole(20),
        "global::System.UInt128" => Whole(39),
        "sbyte" => Signed(3),
        "short" => Signed(5),
        "int" => Signed(10),
        "long" or "nint" => Signed(19),
        "global::System.Int128" => Signed(39),
        "global::System.Numerics.BigInteger" => Integer,
        "decimal" => Decimal,
        "float" or "double" or "global::System.Half" => Float,
        "global::System.Guid" => Then(Times(8, Hexadecimal), Group(4), Group(4), Group(4), Group(12)),
        "global::System.DateOnly" => Date,
        "global::System.TimeOnly" => Time,
        "global::System.DateTime" => Then(Date, Language.Of("T"), Time, Optional(Then(Language.Of("Z"), Optional(Language.Of("L"))))),
        "global::System.DateTimeOffset" => Then(Date, Language.Of("T"), Time, Language.Of(CharSet.Of("+-")), Two, Language.Of(":"), Two),
        "global::System.TimeSpan" => Span,
        _ => null,
    };

    private static Language Group(int digits) => Then(Language.Of("-"), Times(digits, Hexadecimal));

    // A value without a name is its number, and flags are names between commas.
    private static Language Enum(ITypeSymbol type)
    {
        var names = Either([.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => Language.Of(field.Name))]);
        bool isFlags = type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "FlagsAttribute");
        return Either(isFlags ? Then(names, AtLeast(0, Then(Language.Of(", "), names))) : names, Integer);
    }
}
