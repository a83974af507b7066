using System.Collections.Immutable;
using CachedAttr.Analyzers.KeySpaces;
using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Reports patterns that match no key of any cached method, and patterns that match all of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidationPatternAnalyzer : SourceAnalyzer
{
    /// <summary>The property of a diagnostic that has the pattern to write instead, for fixes.</summary>
    internal const string SuggestionProperty = "Suggestion";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.MatchesNothing, Rules.MatchesEverything];

    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(static start =>
    {
        var (compilation, cancellationToken) = (start.Compilation, start.CancellationToken);
        var keys = new Lazy<KeySpace>(() => KeySpace.Of(compilation, cancellationToken));
        var byHand = new Lazy<HandWrittenKeys>(() => HandWrittenKeys.Of(compilation, cancellationToken));
        start.RegisterSyntaxNodeAction(ForMethods((method, node) => Analyze(method, node, keys, byHand)), SyntaxKind.MethodDeclaration);
    });

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context, Lazy<KeySpace> keys, Lazy<HandWrittenKeys> byHand)
    {
        if (method.Invalidating.Count == 0 || InvalidatingMethodParser.Parse(method.Parser(), method.Invalidating).Model is not { } model)
            return;
        for (int i = 0; i < method.Invalidating.Count; i++)
        {
            var texts = method.Invalidating[i].Strings();
            for (int j = 0; j < texts.Count; j++)
            {
                var location = method.Locate(AttributedMethod.InvalidatingName, new(PlaceKind.Argument, null, i, j));
                if (Glob.IsEverything(texts[j]))
                    context.ReportDiagnostic(Diagnostic.Create(Rules.MatchesEverything, location, texts[j], Example(keys.Value)));
                else if (MatchesNothing(model.Invalidations[i].Patterns[j], keys.Value, byHand))
                    ReportNothing(context, method, location, texts[j], keys.Value);
            }
        }
    }

    // Where no cached method is known at all, they are in another process.
    private static bool MatchesNothing(PatternModel pattern, KeySpace keys, Lazy<HandWrittenKeys> byHand)
    {
        if (!keys.All.Any())
            return false;
        var texts = KeyPatternTexts.Of(pattern);
        return !keys.All.Any(texts.Matches) && !byHand.Value.MayBeMatched(texts.Texts);
    }

    private static void ReportNothing(SyntaxNodeAnalysisContext context, AttributedMethod method, Location location, string text, KeySpace keys)
    {
        string? suggestion = NearestTemplate.Find(text, keys.All, method.Symbol);
        var properties = suggestion is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(SuggestionProperty, suggestion);
        context.ReportDiagnostic(Diagnostic.Create(Rules.MatchesNothing, location, properties, text, suggestion is null ? "" : $": did you mean '{suggestion}'?"));
    }

    private static string Example(KeySpace keys) =>
        keys.All.Select(key => key.Head).FirstOrDefault(head => head.Length > 1) is { } head ? head + "*" : "server:{id}";
}
