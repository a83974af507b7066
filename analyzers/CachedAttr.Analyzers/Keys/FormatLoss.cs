using CachedAttr.Generators.Model;

namespace CachedAttr.Analyzers.Keys;

/// <summary>What a format leaves out of a value, and how to write the value instead.</summary>
internal sealed record FormatLoss(string LeftOut, string WayOut)
{
    private const string NoFormat = "leave the format out, or use a parameter of a type that has no more than this";

    /// <summary>Judges a format; null if it keeps the value apart from all others, or if that is not known.</summary>
    public static FormatLoss? Find(ScalarModel scalar, string format) => scalar.Kind == ScalarKind.Formattable ? Find(scalar.Type, format) : null;

    /// <inheritdoc cref="Find(ScalarModel, string)"/>
    public static FormatLoss? Find(string type, string format)
    {
        string? leftOut = type switch
        {
            "global::System.DateOnly" or "global::System.TimeOnly" or "global::System.DateTime" or "global::System.DateTimeOffset" or "global::System.TimeSpan" =>
                TimeFormat.LeftOut(type, format),
            "byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" => NumberFormat.LeftOutOfInteger(format),
            "float" or "double" or "decimal" or "global::System.Half" => NumberFormat.LeftOutOfFraction(type, format),
            _ => null,
        };
        return leftOut is null ? null : new(leftOut, WayOutOf(type, leftOut));
    }

    private static string WayOutOf(string type, string leftOut) => (type, leftOut) switch
    {
        ("global::System.DateTime" or "global::System.DateTimeOffset", TimeFormat.TimeOfDay) => "if only the day counts, take a DateOnly",
        _ => NoFormat,
    };
}
