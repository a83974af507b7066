using System.Collections.Immutable;
using System.Globalization;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers;

/// <summary>Reports times that are too long, and times that contradict each other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExpiryAnalyzer : SourceAnalyzer
{
    /// <summary>The longest time to live that is allowed, in seconds, in <c>.editorconfig</c>.</summary>
    internal const string MaxTtlSetting = "cachedattr_max_ttl_seconds";

    // That of CacheOptions.MaxTtl, to which the run time shortens what is longer.
    private const double DefaultMaxTtl = 86400;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.TtlTooLong, Rules.ContradictingTimes];

    private protected override void Register(AnalysisContext context) =>
        context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        double max = context.Options.Number(method.Syntax.SyntaxTree, MaxTtlSetting) ?? DefaultMaxTtl;
        for (int i = 0; i < method.Puts.Count; i++)
            CheckLength(method, context, AttributedMethod.PutName, method.Puts[i], new(PlaceKind.Argument, "Ttl", i), max);
        if (method.Cached is not { } attribute)
            return;
        CheckLength(method, context, AttributedMethod.CachedName, attribute, Place("Ttl"), max);
        CheckLength(method, context, AttributedMethod.CachedName, attribute, Place("NullTtl"), max);
        foreach (var (property, fault) in ContradictingTimes.Find(method.Symbol, attribute))
            method.Report(Rules.ContradictingTimes, Place(property), property, string.Format(CultureInfo.InvariantCulture, "{0:R}", attribute.Named(property)), fault);
    }

    private static void CheckLength(AttributedMethod method, SyntaxNodeAnalysisContext context, string attribute, AttributeData data, ProblemPlace place, double max)
    {
        if (data.Named(place.Name!) is double seconds && seconds > max && !double.IsInfinity(seconds))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.TtlTooLong, method.Locate(attribute, place), method.Symbol.Name, place.Name, TimeText.Of(seconds), TimeText.Of(max), MaxTtlSetting));
        }
    }

    private static ProblemPlace Place(string property) => new(PlaceKind.Argument, property);
}
