using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>The patterns and tags of a method's <c>[InvalidateCache]</c>, each with its place and with what the generator makes of it.</summary>
internal static class WrittenPatterns
{
    private const string TagsProperty = "Tags";

    public static IReadOnlyList<Written> Of(AttributedMethod method)
    {
        var all = new List<Written>();
        SignatureParser.ReturnsOf(method.Symbol.ReturnType, out var result);
        for (int i = 0; i < method.Invalidating.Count; i++)
        {
            var attribute = method.Invalidating[i];
            var context = method.Parser();
            bool hasResult = result is not null && attribute.Named("On") as int? is null or (int)InvalidationTime.Success;
            var parser = new PatternParser(context, new(context, result, eachElement: true), new(context, result), hasResult, i);
            var patterns = attribute.Strings().Select((text, j) => new Written(text, false, new(PlaceKind.Argument, null, i, j), [.. parser.Parse(text, j)]));
            var tags = attribute.NamedStrings(TagsProperty)
                .Select((text, j) => new Written(
                    text, true, new(PlaceKind.Argument, TagsProperty, i, j), parser.ParseExact(text, TagsProperty, j) is { } tag ? [tag] : []));
            all.AddRange(patterns.Concat(tags));
        }

        return [.. all.Where(written => written.Models.Count > 0)];
    }

    /// <summary>A pattern or tag as it is written.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="IsTag">Whether it is a tag.</param>
    /// <param name="Place">Where it stands.</param>
    /// <param name="Models">What is invalidated: two where a collection stands for its elements and for itself.</param>
    internal sealed record Written(string Text, bool IsTag, ProblemPlace Place, IReadOnlyList<PatternModel> Models);
}
