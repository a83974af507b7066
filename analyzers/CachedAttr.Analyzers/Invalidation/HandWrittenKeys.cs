using CachedAttr.Analyzers.Languages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>The keys and tags under which the code of a compilation stores values other than by a cached method: patterns may be meant for these.</summary>
internal sealed class HandWrittenKeys
{
    private static readonly CompilationCache<HandWrittenKeys> All = new(Find);
    private static readonly HashSet<string> Writers =
        new(["Set", "SetAsync", "GetOrLoad", "GetOrLoadAsync", "Put", "PutAsync", "Increment", "IncrementAsync"], StringComparer.Ordinal);

    private readonly Found _keys = new();
    private readonly Found _tags = new();

    public static HandWrittenKeys Of(Compilation compilation, CancellationToken cancellationToken) => All.Of(compilation, cancellationToken);

    private static HandWrittenKeys Find(Compilation compilation, CancellationToken cancellationToken)
    {
        var found = new HandWrittenKeys();
        foreach (var put in ChangingMethods.Find(compilation, cancellationToken).SelectMany(method => method.Puts))
        {
            found._keys.Known.Add(KeyPatternTexts.Of(put.Key).Texts);
            found._tags.Known.AddRange(put.Tags.Select(tag => KeyPatternTexts.Of(tag).Texts));
        }

        foreach (var (call, method, model) in CacheCalls.Find(compilation, Writers, cancellationToken))
        {
            // A typed key is that of a cached method.
            if (method.Parameters is [{ Type.SpecialType: SpecialType.System_String }, ..])
                found._keys.Add(Argument(call, method, "key"), model);
            if (Argument(call, method, "tags") is { } tags)
                found.AddTags(tags, model);
        }

        return found;
    }

    /// <summary>Whether a pattern may match one of the keys.</summary>
    public bool MayBeMatched(KeyPatternTexts pattern) => _keys.MayContain(pattern.Texts);

    /// <summary>Whether something may carry a tag.</summary>
    public bool MayBeCarried(KeyPatternTexts tag) => _tags.MayContain(tag.Texts);

    private void AddTags(ExpressionSyntax tags, SemanticModel model)
    {
        if (TextExpression.Elements(tags) is not { } elements)
            _tags.HasUnknown = true;
        else
            elements.ToList().ForEach(element => _tags.Add(element, model));
    }

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax call, IMethodSymbol method, string name)
    {
        var arguments = call.ArgumentList.Arguments;
        int index = method.Parameters.ToList().FindIndex(parameter => parameter.Name == name);
        return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name)?.Expression
            ?? (index >= 0 && index < arguments.Count && arguments[index].NameColon is null ? arguments[index].Expression : null);
    }

    // Texts, and whether there are others besides of which nothing is known.
    private sealed class Found
    {
        public List<Automaton> Known { get; } = [];

        public bool HasUnknown { get; set; }

        public void Add(ExpressionSyntax? expression, SemanticModel model)
        {
            if (expression is null || TextExpression.Find(expression, model, Language.Of) is not { } texts)
                HasUnknown = true;
            else
                Known.Add(Automaton.Of(texts, TextForm.Verbatim));
        }

        public bool MayContain(Automaton texts) => HasUnknown || Known.Exists(known => Intersection.Find(texts, known) is not null);
    }
}
