using System.Globalization;
using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads the numbers of <c>[Cached]</c>.</summary>
internal static class PolicyParser
{
    private static readonly (string Name, Func<double, bool> IsAllowed)[] Numbers =
    [
        ("Ttl", static value => value > 0),
        ("NullTtl", static value => value >= 0),
        ("Sliding", static value => value > 0),
        ("StaleWhileRevalidate", static value => value >= 0),
        ("StaleIfError", static value => value >= 0),
        ("RefreshAhead", static value => value is > 0 and < 1),
        ("Jitter", static value => value is >= 0 and < 1),
        ("LoadTimeout", static value => value > 0),
        ("SoftTimeout", static value => value > 0),
    ];

    public static PolicyModel Parse(MethodContext context, AttributeData attribute)
    {
        var numbers = new List<NumberModel>();
        foreach (var (name, isAllowed) in Numbers)
        {
            if (attribute.Named(name) is not double value)
                continue;
            Check(context, name, value, isAllowed);
            numbers.Add(new(name, value));
        }

        var policy = new PolicyModel(
            numbers.ToEquatableArray(),
            attribute.Named("LocalCapacity") as int?,
            attribute.Named("Tiers") as int?,
            attribute.Named("DistributedLock") as bool?,
            attribute.Named("Policy") as string);
        Check(context, "LocalCapacity", policy.LocalCapacity, value => value > 0);
        Check(context, "Tiers", policy.Tiers, value => value is >= 0 and <= 3);
        return policy;
    }

    private static void Check(MethodContext context, string name, double? value, Func<double, bool> isAllowed)
    {
        if (value is { } number && !(isAllowed(number) && !double.IsInfinity(number)))
            context.Report(RuleIds.NumberOutOfRange, new(PlaceKind.Argument, name), name, number.ToString("R", CultureInfo.InvariantCulture));
    }
}
