using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Keys;

/// <summary>
/// Reports keys in which different arguments are written alike: by a format, by an interpolation of a name, by a <c>KeyBuilder</c> that runs values together.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyTemplateAnalyzer : SourceAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.InformationLost];

    private protected override void Register(AnalysisContext context)
    {
        context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);
        context.RegisterSymbolStartAction(KeyBuilderInterpolation.Start, SymbolKind.NamedType);
    }

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        CheckFormats(method);
        foreach (string name in (string[])[AttributedMethod.CachedName, AttributedMethod.InvalidatingName])
            CheckInterpolations(method, context, method.Attributes(name));
    }

    private static void CheckFormats(AttributedMethod method)
    {
        if (method.Cached is not { } attribute || KeyParser.CompleteParts(method.Parser(), attribute, out _) is not { } parts
            || !parts.Any(part => part.Format is not null) || KeyParser.Parse(method.Parser(), attribute, out _, out _) is not { } key)
        {
            return;
        }

        var holes = key.Segments.Where(segment => segment.Hole is not null).Select(segment => segment.Hole!).ToList();
        foreach (var part in parts.Where(part => part.Format is not null))
        {
            var hole = holes.Find(candidate => candidate.Text == part.Text && candidate.Format == part.Format);
            if (hole?.Value.Scalar is { } scalar && FormatLoss.Find(scalar, part.Format!) is { } loss)
            {
                var place = new ProblemPlace(PlaceKind.Argument, Start: part.Start, Length: part.Length);
                method.Report(Rules.InformationLost, place, $"'{{{part.Text}:{part.Format}}}' leaves out {loss.LeftOut}", loss.WayOut);
            }
        }
    }

    // $"server:{nameof(id)}" is the text "server:id": a constant, whatever the argument is.
    private static void CheckInterpolations(AttributedMethod method, SyntaxNodeAnalysisContext context, IEnumerable<AttributeSyntax> attributes)
    {
        var interpolated = attributes.SelectMany(attribute => attribute.ArgumentList?.Arguments ?? default)
            .Where(argument => argument.NameEquals is null).Select(argument => argument.Expression).OfType<InterpolatedStringExpressionSyntax>();
        foreach (var text in interpolated)
        {
            for (int i = 0; i < text.Contents.Count; i++)
            {
                if (text.Contents[i] is InterpolationSyntax { Expression: InvocationExpressionSyntax { Expression: IdentifierNameSyntax callee } } hole
                    && callee.Identifier.ValueText == "nameof" && context.SemanticModel.GetConstantValue(hole.Expression, context.CancellationToken).Value is string name
                    && method.Symbol.Parameters.Any(parameter => parameter.Name == name) && !StandsInBraces(text, i))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Rules.InformationLost, hole.GetLocation(),
                        $"The interpolation is the name '{name}', not its value", $"write {{{name}}} in a string that is not interpolated"));
                }
            }
        }
    }

    private static bool StandsInBraces(InterpolatedStringExpressionSyntax text, int hole)
    {
        string before = string.Concat(text.Contents.Take(hole).OfType<InterpolatedStringTextSyntax>().Select(part => part.TextToken.ValueText));
        return before.LastIndexOf('{') > before.LastIndexOf('}');
    }
}
