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
    private static readonly CompilationCache<KnownInvalidations> All = new(Find);
    private static readonly HashSet<string> Removers = new(["Remove", "RemoveAsync"], StringComparer.Ordinal);
    private static readonly HashSet<string> ByPattern = new(["Invalidate", "InvalidateAsync", "Clear", "ClearAsync"], StringComparer.Ordinal);
    private static readonly HashSet<string> ByTag = new(["InvalidateTag", "InvalidateTagAsync"], StringComparer.Ordinal);

    private readonly List<KeyPatternTexts> _patterns = [];
    private readonly List<KeyPatternTexts> _tags = [];
    private readonly HashSet<(string Type, string Method)> _methods = [];
    private bool _hasUnknown;

    public static KnownInvalidations Of(Compilation compilation, CancellationToken cancellationToken) => All.Of(compilation, cancellationToken);

    private static KnownInvalidations Find(Compilation compilation, CancellationToken cancellationToken)
    {
        var known = new KnownInvalidations();
        foreach (var invalidation in ChangingMethods.Find(compilation, cancellationToken).SelectMany(method => method.Invalidations))
        {
            known._patterns.AddRange(invalidation.Patterns.Select(KeyPatternTexts.Of));
            known._tags.AddRange(invalidation.Tags.Select(KeyPatternTexts.Of));
        }

        known.AddCalls(compilation, Removers, Language.Of, known._patterns, cancellationToken);
        known.AddCalls(compilation, ByPattern, text => Glob.Parse(text, new()), known._patterns, cancellationToken);
        known.AddCalls(compilation, ByTag, Language.Of, known._tags, cancellationToken);
        return known;
    }

    /// <summary>Whether some entry of a method is, or may be, invalidated.</summary>
    public bool Concern(CachedKey key) =>
        _hasUnknown || _patterns.Exists(pattern => pattern.Matches(key)) || _tags.Exists(tag => tag.IsCarriedBy(key))
        || (key.Method is { } method && _methods.Contains((method.ContainingType.OriginalDefinition.ToDisplayString(), WithoutAsync(method.Name))));

    private void AddCalls(
        Compilation compilation, HashSet<string> names, Func<string, Language> literal, List<KeyPatternTexts> found, CancellationToken cancellationToken)
    {
        foreach (var (call, _, model) in CacheCalls.Find(compilation, names, cancellationToken))
        {
            foreach (var argument in call.ArgumentList.Arguments.SelectMany(argument => TextExpression.Elements(argument.Expression) ?? [argument.Expression]))
                Add(argument, model, literal, found);
            _hasUnknown |= call.ArgumentList.Arguments.Count == 0;
        }
    }

    private void Add(ExpressionSyntax argument, SemanticModel model, Func<string, Language> literal, List<KeyPatternTexts> found)
    {
        if (model.GetTypeInfo(argument).Type?.IsCancellationToken() == true)
            return;
        var symbol = model.GetSymbolInfo(argument).Symbol;
        if (symbol is { ContainingType: { Name: TypedKeys, ContainingType: { } type } })
            _methods.Add((type.OriginalDefinition.ToDisplayString(), WithoutAsync(symbol.Name)));
        else if (TextExpression.Find(argument, model, literal) is { } texts)
            found.Add(new(null, Automaton.Of(texts, TextForm.Verbatim)));
        else
            _hasUnknown = true;
    }

    private static string WithoutAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;
}
