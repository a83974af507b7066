using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Calls the methods that make patterns, tags and keys.</summary>
/// <param name="Prefix">The way to them.</param>
/// <param name="Names">Their names.</param>
/// <param name="Cache">The cache whose secret they use.</param>
/// <param name="ValueOf">The expression of what a call has: of a hole's value, or a collection.</param>
internal sealed record TextCall(string Prefix, IReadOnlyDictionary<PatternModel, string> Names, string Cache, Func<string, string> ValueOf)
{
    private const string Elements = "global::CachedAttr.Keys.KeyElements.Of";

    /// <summary>Texts as the elements of a collection expression.</summary>
    public string List(IEnumerable<PatternModel> texts) => string.Join(", ", texts.Select(text => text.Each is null ? One(text) : ".. " + OfEach(text, text.Each)));

    /// <summary>One text.</summary>
    public string One(PatternModel text)
    {
        if (!text.Holes.Any())
            return Literals.Of(string.Concat(text.Segments.Select(segment => segment.Literal)));
        var values = text.Holes.Where(hole => hole.Kind != HoleKind.TypeParameter)
            .Select(hole => hole.Root == HoleRoot.Call ? ValueOf(hole.Expression) : hole.Expression);
        return $"{Prefix}{Names[text]}({string.Join(", ", text.UsesSecret ? values.Prepend(Cache) : values)})";
    }

    private string OfEach(PatternModel text, EachModel each) =>
        $"{Elements}({(each.Root == HoleRoot.Call ? ValueOf(each.Collection) : each.Collection)}, {Display.Identifier(each.Element)} => {One(text)})";
}
