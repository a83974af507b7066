using System.Collections.Immutable;
using CachedAttr.Analyzers.Invalidation;
using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Keys;

/// <summary>Reports values that look like secrets, by their names, and stand readable in a key, in a pattern, or in a tag of one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SensitiveParameterAnalyzer : SourceAnalyzer
{
    /// <summary>Changes of the list of names, in <c>.editorconfig</c>.</summary>
    internal const string NamesSetting = "cachedattr_secret_names";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.SecretInKey];

    private protected override void Register(AnalysisContext context) => context.RegisterSyntaxNodeAction(ForMethods(Analyze), SyntaxKind.MethodDeclaration);

    private static void Analyze(AttributedMethod method, SyntaxNodeAnalysisContext context)
    {
        var names = new SecretNames(context.Options.Changed(method.Syntax.SyntaxTree, NamesSetting, SecretNames.Default, StringComparer.OrdinalIgnoreCase));
        var reported = new HashSet<Location>();
        foreach (var (attribute, place, parts, holes) in Texts(method, names))
        {
            foreach (var hole in holes.Where(hole => IsReadable(hole) && names.Contain(hole.Text.Split('.').Last())))
            {
                var location = method.Locate(attribute, Place(method, hole, parts, place));
                if (reported.Add(location))
                    context.ReportDiagnostic(Diagnostic.Create(Rules.SecretInKey, location, hole.Text));
            }
        }
    }

    /// <summary>What a method writes into keys, patterns and tags, as far as a name of a secret stands in it.</summary>
    private static IEnumerable<(string Attribute, ProblemPlace Place, IReadOnlyList<TemplatePart> Parts, IEnumerable<HoleModel> Holes)> Texts(
        AttributedMethod method, SecretNames names)
    {
        if (method.Cached is { } cached && KeyParser.CompleteParts(method.Parser(), cached, out _) is { } own && Mention(own)
            && KeyParser.Parse(method.Parser(), cached, out _, out _) is { } key)
        {
            yield return (AttributedMethod.CachedName, new(PlaceKind.Argument), own, key.Holes);
        }

        foreach (string attribute in (string[])[AttributedMethod.InvalidatingName, AttributedMethod.PutName])
        {
            foreach (var written in attribute == AttributedMethod.PutName ? WrittenPatterns.OfPuts(method) : WrittenPatterns.Of(method))
            {
                bool isPattern = attribute == AttributedMethod.InvalidatingName && !written.IsTag;
                if (KeyTemplateParser.TryParse(written.Text, isPattern, out var parts, out _) && Mention(parts))
                    yield return (attribute, written.Place, parts, written.Models.SelectMany(model => model.Holes));
            }
        }

        bool Mention(IReadOnlyList<TemplatePart> parts) => parts.Any(part => part.Path.Count > 0 && names.Contain(part.Path[part.Path.Count - 1]));
    }

    private static bool IsReadable(HoleModel hole) =>
        hole.Kind is HoleKind.Scalar or HoleKind.Formatted && hole.Value.Scalar is { Kind: ScalarKind.String or ScalarKind.Formattable };

    // [Sensitive] goes onto the parameter; of a member, the template is all that there is to see here.
    private static ProblemPlace Place(AttributedMethod method, HoleModel hole, IReadOnlyList<TemplatePart> parts, ProblemPlace place)
    {
        if (method.Symbol.Parameters.Any(parameter => parameter.Name == hole.Text))
            return ProblemPlace.Parameter(hole.Text);
        return parts.FirstOrDefault(part => part.Text == hole.Text) is { } part ? place with { Start = part.Start, Length = part.Length } : place;
    }
}
