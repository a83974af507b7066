using System.Collections.Immutable;
using CachedAttr.Analyzers.KeySpaces;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Reports patterns and tags that no cached method has anything for, and patterns that match all of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidationPatternAnalyzer : SourceAnalyzer
{
    /// <summary>The property of a diagnostic that has the pattern to write instead, for fixes.</summary>
    internal const string SuggestionProperty = "Suggestion";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.MatchesNothing, Rules.MatchesEverything];

    private protected override void Register(AnalysisContext context) => context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        if (method.Invalidating.Count == 0)
            return;
        foreach (var attribute in method.Attributes(AttributedMethod.InvalidatingName).Where(NamesNothing))
            context.ReportDiagnostic(Diagnostic.Create(Rules.MatchesNothing, attribute.GetLocation(), "It names no pattern, tag or method", ": write what changes, such as \"server:{id}\""));
        var keys = KeySpace.Of(context.Compilation, context.CancellationToken);
        foreach (var written in WrittenPatterns.Of(method))
        {
            var location = method.Locate(AttributedMethod.InvalidatingName, written.Place);
            if (written.IsTag)
            {
                if (IsCarriedByNothing(written, keys, context))
                    ReportTag(context, method, location, written.Text, keys);
            }
            else if (Glob.IsEverything(written.Text))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.MatchesEverything, location, written.Text, Example(keys)));
            }
            else if (MatchesNothing(method, written, keys, context))
            {
                ReportPattern(context, method, location, written.Text, keys);
            }
        }
    }

    private static bool NamesNothing(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.All(argument => argument.NameEquals?.Name.Identifier.ValueText is "On" or "When" or "Cache") != false;

    // Where no cached method is known at all, they are in another process.
    private static bool MatchesNothing(AttributedMethod method, WrittenPatterns.Written pattern, KeySpace keys, SyntaxNodeAnalysisContext context)
    {
        if (!keys.All.Any())
            return false;
        var texts = pattern.Models.Select(KeyPatternTexts.Of).ToList();

        // What is meant stands in the same class more often than not.
        var here = keys.Own.Where(key => SymbolEqualityComparer.Default.Equals(key.Method?.ContainingType, method.Symbol.ContainingType));
        return !texts.Exists(text => here.Any(text.Matches)) && !texts.Exists(text => keys.All.Any(text.Matches))
            && !texts.Exists(HandWrittenKeys.Of(context.Compilation, context.CancellationToken).MayBeMatched);
    }

    private static bool IsCarriedByNothing(WrittenPatterns.Written tag, KeySpace keys, SyntaxNodeAnalysisContext context)
    {
        if (!keys.All.Any())
            return false;
        var texts = KeyPatternTexts.Of(tag.Models[0]);
        return !keys.All.Any(texts.IsCarriedBy) && !HandWrittenKeys.Of(context.Compilation, context.CancellationToken).MayBeCarried(texts);
    }

    private static void ReportPattern(SyntaxNodeAnalysisContext context, AttributedMethod method, Location location, string text, KeySpace keys)
    {
        string? suggestion = NearestTemplate.Find(text, keys.All.Select(key => key.Template), method.Symbol);
        Report(context, location, suggestion, $"'{text}' matches no key of any cached method, here or in a referenced assembly");
    }

    private static void ReportTag(SyntaxNodeAnalysisContext context, AttributedMethod method, Location location, string text, KeySpace keys)
    {
        var tags = keys.All.SelectMany(key => key.TagTemplates);
        string? suggestion = NearestTemplate.Find(text, tags, method.Symbol);
        Report(context, location, suggestion, $"No entry of any cached method carries the tag '{text}'");
    }

    private static void Report(SyntaxNodeAnalysisContext context, Location location, string? suggestion, string what)
    {
        var properties = suggestion is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(SuggestionProperty, suggestion);
        context.ReportDiagnostic(Diagnostic.Create(Rules.MatchesNothing, location, properties, what, suggestion is null ? "" : $": did you mean '{suggestion}'?"));
    }

    private static string Example(KeySpace keys) =>
        keys.All.Select(key => key.Head).FirstOrDefault(head => head.Length > 1) is { } head ? head + "*" : "server:{id}";
}
