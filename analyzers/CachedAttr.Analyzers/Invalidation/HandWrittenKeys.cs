using CachedAttr.Analyzers.Languages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>The keys under which the code of a compilation stores values by hand: patterns may be meant for these.</summary>
internal sealed class HandWrittenKeys
{
    private static readonly HashSet<string> Writers =
        new(["Set", "SetAsync", "GetOrLoad", "GetOrLoadAsync", "Increment", "IncrementAsync"], StringComparer.Ordinal);

    private readonly List<Automaton> _known = [];
    private bool _hasUnknown;

    public static HandWrittenKeys Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var keys = new HandWrittenKeys();
        foreach (var (call, method, model) in CacheCalls.Find(compilation, Writers, cancellationToken))
        {
            // A typed key is that of a cached method.
            if (method.Parameters is not [{ Type.SpecialType: SpecialType.System_String }, ..])
                continue;
            var argument = call.ArgumentList.Arguments.Where(IsKey).FirstOrDefault()?.Expression;
            if (argument is null || TextExpression.Find(argument, model, Language.Of) is not { } texts)
                keys._hasUnknown = true;
            else
                keys._known.Add(Automaton.Of(texts, TextForm.Verbatim));
        }

        return keys;
    }

    /// <summary>Whether a pattern may match one of them.</summary>
    public bool MayBeMatched(Automaton pattern) => _hasUnknown || _known.Exists(key => Intersection.Find(pattern, key) is not null);

    private static bool IsKey(ArgumentSyntax argument, int index) =>
        argument.NameColon is { } name ? name.Name.Identifier.ValueText == "key" : index == 0;
}
