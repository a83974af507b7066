using System.Globalization;
using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads the numbers of <c>[Cached]</c>.</summary>
internal static class PolicyParser
{
    /// <summary>What a duration is.</summary>
    public const string Duration = "it is a number of seconds, more than 0 and finite";
    private const string DurationOrNone = "it is a number of seconds, 0 or more and finite";

    private static readonly (string Name, Func<double, bool> IsAllowed, string Range)[] Numbers =
    [
        ("Ttl", static value => value > 0, Duration),
        ("NullTtl", static value => value >= 0, DurationOrNone),
        ("Sliding", static value => value > 0, Duration),
        ("StaleWhileRevalidate", static value => value >= 0, DurationOrNone),
        ("StaleIfError", static value => value >= 0, DurationOrNone),
        ("RefreshAhead", static value => value is > 0 and < 1, "it is a part of Ttl, more than 0 and less than 1"),
        ("Jitter", static value => value is >= 0 and < 1, "it is a part of Ttl, 0 or more and less than 1"),
        ("LoadTimeout", static value => value > 0, Duration),
        ("SoftTimeout", static value => value > 0, Duration),
    ];

    public static PolicyModel Parse(MethodContext context, AttributeData attribute)
    {
        var numbers = new List<NumberModel>();
        foreach (var (name, isAllowed, range) in Numbers)
        {
            if (attribute.Named(name) is not double value)
                continue;
            Check(context, name, value, isAllowed, range);
            numbers.Add(new(name, value));
        }

        var policy = new PolicyModel(
            numbers.ToEquatableArray(),
            attribute.Named("LocalCapacity") as int?,
            attribute.Named("Tiers") as int?,
            attribute.Named("DistributedLock") as bool?,
            attribute.Named("Policy") as string);
        Check(context, "LocalCapacity", policy.LocalCapacity, value => value > 0, "it is a number of entries, at least 1");
        Check(context, "Tiers", policy.Tiers, value => value is >= 0 and <= 3, "it is Local, Backend or Both");
        return policy;
    }

    private static void Check(MethodContext context, string name, double? value, Func<double, bool> isAllowed, string range)
    {
        if (value is { } number && !(isAllowed(number) && !double.IsInfinity(number)))
            context.Report(RuleIds.NumberOutOfRange, new(PlaceKind.Argument, name), name, number.ToString("R", CultureInfo.InvariantCulture), range);
    }
}
