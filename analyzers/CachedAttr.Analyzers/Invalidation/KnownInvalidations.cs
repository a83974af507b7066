using CachedAttr.Analyzers.KeySpaces;
using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>All that the code of a compilation invalidates, by attribute and by hand.</summary>
internal sealed class KnownInvalidations
{
    private const string TypedKeys = "CacheKeys";
    private static readonly HashSet<string> Removers = new(["Remove", "RemoveAsync"], StringComparer.Ordinal);
    private static readonly HashSet<string> ByPattern = new(["Invalidate", "InvalidateAsync", "Clear", "ClearAsync"], StringComparer.Ordinal);

    private readonly List<KeyPatternTexts> _patterns = [];
    private readonly HashSet<(string Type, string Method)> _methods = [];
    private bool _hasUnknown;

    public static KnownInvalidations Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var known = new KnownInvalidations();
        foreach (var tree in compilation.SyntaxTrees.Where(tree => !tree.IsGenerated()))
            known.AddAttributes(compilation, tree, cancellationToken);
        known.AddCalls(compilation, Removers, Language.Of, cancellationToken);
        known.AddCalls(compilation, ByPattern, Glob.Parse, cancellationToken);
        return known;
    }

    /// <summary>Whether some key of a method is, or may be, invalidated.</summary>
    public bool Concern(CachedKey key) =>
        _hasUnknown || _patterns.Exists(pattern => pattern.Matches(key))
        || (key.Method is { } method && _methods.Contains((method.ContainingType.OriginalDefinition.ToDisplayString(), WithoutAsync(method.Name))));

    private void AddAttributes(Compilation compilation, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var methods = tree.GetRoot(cancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.AttributeLists.Any(list => list.Attributes.Any(attribute => attribute.Name.ToString().Contains("InvalidateCache")))).ToList();
        if (methods.Count == 0)
            return;
        var model = CacheCalls.ModelOf(compilation, tree);
        foreach (var syntax in methods)
        {
            if (ModelExtensions.GetDeclaredSymbol(model, syntax, cancellationToken) is not IMethodSymbol method)
                continue;
            var attributes = method.GetAttributes().Where(attribute => attribute.AttributeClass?.Name == AttributedMethod.InvalidatingName).ToList();
            if (InvalidatingMethodParser.Parse(new(method, syntax, compilation, cancellationToken), attributes).Model is { } invalidating)
                _patterns.AddRange(invalidating.Invalidations.SelectMany(invalidation => invalidation.Patterns).Select(KeyPatternTexts.Of));
        }
    }

    private void AddCalls(Compilation compilation, HashSet<string> names, Func<string, Language> literal, CancellationToken cancellationToken)
    {
        foreach (var (call, _, model) in CacheCalls.Find(compilation, names, cancellationToken))
        {
            foreach (var argument in call.ArgumentList.Arguments.SelectMany(argument => Elements(argument.Expression)))
                Add(argument, model, literal);
            _hasUnknown |= call.ArgumentList.Arguments.Count == 0;
        }
    }

    private void Add(ExpressionSyntax argument, SemanticModel model, Func<string, Language> literal)
    {
        if (model.GetTypeInfo(argument).Type?.IsCancellationToken() == true)
            return;
        var symbol = model.GetSymbolInfo(argument).Symbol;
        if (symbol is { ContainingType: { Name: TypedKeys, ContainingType: { } type } })
            _methods.Add((type.OriginalDefinition.ToDisplayString(), WithoutAsync(symbol.Name)));
        else if (TextExpression.Find(argument, model, literal) is { } texts)
            _patterns.Add(new("", Automaton.Of(texts, TextForm.Verbatim)));
        else
            _hasUnknown = true;
    }

    private static IEnumerable<ExpressionSyntax> Elements(ExpressionSyntax expression) =>
        expression is CollectionExpressionSyntax collection ? collection.Elements.Select(element => (element as ExpressionElementSyntax)?.Expression ?? expression) : [expression];

    private static string WithoutAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;
}
