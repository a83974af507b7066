using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers;

/// <summary>Finds the times of a <c>[Cached]</c> that cannot take effect beside the others, or that have no bound without another.</summary>
/// <remarks>What a policy may complete or override is not judged: its numbers are not known here.</remarks>
internal static class ContradictingTimes
{
    /// <summary>The properties at fault, and why.</summary>
    public static IEnumerable<(string Property, string Fault)> Find(IMethodSymbol method, AttributeData attribute)
    {
        // A thread that loads by itself cannot be called back.
        bool isSynchronous = SignatureParser.ReturnsOf(method.ReturnType, out _) == ReturnKind.Value;
        foreach (string property in new[] { "LoadTimeout", "SoftTimeout" })
        {
            if (isSynchronous && attribute.Named(property) is not null)
                yield return (property, "it has no effect on a method without a task, whose caller's thread is what loads: return a Task, or leave it out");
        }

        if (attribute.Named("Policy") is not null)
            yield break;
        double? ttl = Time(attribute, "Ttl"), sliding = Time(attribute, "Sliding");
        if (sliding is not null && ttl is null)
            yield return ("Sliding", "without Ttl, a value that is read often enough is served for ever: set Ttl as well");
        else if (sliding >= ttl)
            yield return ("Sliding", "it is not shorter than Ttl, so it never takes effect: make it shorter, or leave it out");

        double? revalidate = Time(attribute, "StaleWhileRevalidate"), onError = Time(attribute, "StaleIfError");
        if (sliding is not null && revalidate is not null)
            yield return ("StaleWhileRevalidate", "what nobody has read for Sliding seconds would still be served: leave one of them out");
        if (onError <= revalidate)
            yield return ("StaleIfError", "it is not longer than StaleWhileRevalidate, which serves the stale value anyway: make it longer, or leave it out");

        double? soft = Time(attribute, "SoftTimeout"), load = Time(attribute, "LoadTimeout");
        if (isSynchronous)
            yield break;
        if (soft is not null && onError is null)
            yield return ("SoftTimeout", "without StaleIfError there is no stale value to give to those who wait: set it as well");
        else if (soft >= load)
            yield return ("SoftTimeout", "the load has ended by LoadTimeout before it: make it shorter");
    }

    private static double? Time(AttributeData attribute, string property) =>
        attribute.Named(property) is double seconds && seconds > 0 && !double.IsInfinity(seconds) ? seconds : null;
}
