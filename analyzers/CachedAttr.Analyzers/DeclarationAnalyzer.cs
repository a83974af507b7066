using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers;

/// <summary>Reports why the generator writes nothing for a method: by the parsers that it uses itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : SourceAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Rules.OfParsers, Rules.Unbounded];

    private protected override void Register(AnalysisContext context)
    {
        context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);
        context.RegisterSyntaxNodeAction(FindBodies, SyntaxKind.MethodDeclaration);
    }

    private static void FindBodies(SyntaxNodeAnalysisContext context)
    {
        if (AttributedMethod.WrittenByHand(context) is { } method)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                RuleOf(RuleIds.MethodNotPartial)!, ((MethodDeclarationSyntax)context.Node).Identifier.GetLocation(), method.Name,
                "is implemented by hand, so that its attribute does nothing", LoaderFinder.DefaultName(method.Name)));
        }
    }

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        if (method.Cached is { } attribute)
        {
            Report(context, method, AttributedMethod.CachedName, CachedMethodParser.Parse(method.Parser(), attribute).Problems);
            CheckBound(context, method, attribute);
        }

        if (method.IsInvalidating)
        {
            var problems = InvalidatingMethodParser.Parse(method.Parser()).Problems
                .Where(problem => problem.Rule != RuleIds.ConflictingAttributes || method.Cached is null);
            Report(context, method, AttributedMethod.InvalidatingName, problems);
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, AttributedMethod method, string attribute, IEnumerable<Problem> problems)
    {
        var all = problems.ToList();
        foreach (var problem in all.Where(problem => !IsSaidOtherwise(problem, all)))
        {
            if (RuleOf(problem.Rule) is { } rule)
                context.ReportDiagnostic(Diagnostic.Create(rule, method.Locate(problem.Place.AttributeName ?? attribute, problem.Place), [.. problem.Arguments]));
        }
    }

    private static DiagnosticDescriptor? RuleOf(string id) => Rules.OfParsers.FirstOrDefault(candidate => candidate.Id == id);

    // One thing at a time: an ordinary method that is to become a cached one has no Core yet, a hole that is misspelt leaves its parameter out, and a time to
    // live that is infinite is unbounded.
    private static bool IsSaidOtherwise(Problem problem, List<Problem> all) => problem.Rule switch
    {
        RuleIds.NoLoader => all.Exists(other => other.Rule == RuleIds.MethodNotPartial),
        RuleIds.ParameterNotInKey => all.Exists(other => other.Rule == RuleIds.BadTemplate),
        RuleIds.NumberOutOfRange => problem is { Place: { Name: "Ttl", AttributeName: null }, Arguments: [_, "Infinity", _] },
        _ => false,
    };

    private static void CheckBound(SyntaxNodeAnalysisContext context, AttributedMethod method, AttributeData attribute)
    {
        // A policy has a time to live of its own, or the configuration is at fault.
        bool isBounded = attribute.Named("Policy") is not null || (attribute.Named("Ttl") is double ttl && !double.IsPositiveInfinity(ttl));
        if (!isBounded)
            context.ReportDiagnostic(Diagnostic.Create(Rules.Unbounded, method.LocateAttribute(AttributedMethod.CachedName), method.Symbol.Name));
    }
}
