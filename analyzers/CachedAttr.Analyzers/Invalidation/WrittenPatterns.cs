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

    /// <summary>The keys and tags of a method's <c>[CachePut]</c>, in which a collection stands for itself.</summary>
    public static IReadOnlyList<Written> OfPuts(AttributedMethod method)
    {
        var all = new List<Written>();
        SignatureParser.ReturnsOf(method.Symbol.ReturnType, out var result);
        for (int i = 0; i < method.Puts.Count; i++)
        {
            var put = method.Puts[i];
            var holes = new HoleParser(method.Parser(), result);
            var parser = new PatternParser(method.Parser(), holes, holes, hasResult: true, i);
            if (put.ConstructorArguments.FirstOrDefault().Value is string key && parser.ParseExact(key, null, 0) is { } model)
                all.Add(new(key, false, new(PlaceKind.Argument, null, i), [model]));
            all.AddRange(put.NamedStrings(TagsProperty).Select((text, j) => new Written(
                text, true, new(PlaceKind.Argument, TagsProperty, i, j), parser.ParseExact(text, TagsProperty, j) is { } tag ? [tag] : [])));
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
