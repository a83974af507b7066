using System.Collections.Immutable;
using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Keys;

/// <summary>Reports values that look like secrets, by their names, and stand readable in a key.</summary>
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
        if (method.Cached is not { } attribute || KeyParser.CompleteParts(method.Parser(), attribute, out _) is not { } parts)
            return;
        var names = new SecretNames(context.Options.Changed(method.Syntax.SyntaxTree, NamesSetting, SecretNames.Default, StringComparer.OrdinalIgnoreCase));
        if (!parts.Any(part => part.Path.Count > 0 && names.Contain(part.Path[part.Path.Count - 1]))
            || KeyParser.Parse(method.Parser(), attribute, out _, out _) is not { } key)
        {
            return;
        }

        foreach (var hole in key.Holes.Where(hole => IsReadable(hole) && names.Contain(hole.Text.Split('.').Last())))
            method.Report(Rules.SecretInKey, Place(method, hole, parts), hole.Text);
    }

    private static bool IsReadable(HoleModel hole) =>
        hole.Kind is HoleKind.Scalar or HoleKind.Formatted && hole.Value.Scalar is { Kind: ScalarKind.String or ScalarKind.Formattable };

    // [Sensitive] goes onto the parameter; of a member, the template is all that there is to see here.
    private static ProblemPlace Place(AttributedMethod method, HoleModel hole, IReadOnlyList<TemplatePart> parts)
    {
        if (method.Symbol.Parameters.Any(parameter => parameter.Name == hole.Text))
            return ProblemPlace.Parameter(hole.Text);
        return parts.FirstOrDefault(part => part.Text == hole.Text) is { } part
            ? new(PlaceKind.Argument, Start: part.Start, Length: part.Length)
            : new(PlaceKind.Argument);
    }
}
