using System.Globalization;
using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads the numbers of <c>[Cached]</c>.</summary>
internal static class PolicyParser
{
    public static PolicyModel Parse(MethodContext context, AttributeData attribute)
    {
        var policy = new PolicyModel(
            attribute.Named("Ttl") as double?,
            attribute.Named("NullTtl") as double?,
            attribute.Named("LocalCapacity") as int?,
            attribute.Named("Tiers") as int?,
            attribute.Named("DistributedLock") as bool?,
            attribute.Named("Policy") as string);
        Check(context, "Ttl", policy.Ttl, value => value > 0);
        Check(context, "NullTtl", policy.NullTtl, value => value >= 0);
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
