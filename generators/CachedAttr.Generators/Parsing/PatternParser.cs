using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Makes the patterns of one <c>[InvalidateCache]</c>: those written, and that of a cached method's key.</summary>
/// <param name="context">The method.</param>
/// <param name="holes">Its holes; a collection stands for each of its elements.</param>
/// <param name="wholes">The same, where a collection stands for itself: in the key of a method that takes it as a whole.</param>
/// <param name="hasResult">Whether there is a result when the text is made.</param>
/// <param name="attribute">Which of several attributes.</param>
internal sealed class PatternParser(MethodContext context, HoleParser holes, HoleParser wholes, bool hasResult, int attribute)
{
    private const string Anything = "*";

    /// <summary>
    /// The pattern. A collection in it stands for each of its elements, which is what a method that takes one of them has in its key, and for itself, which is
    /// what a method that takes all of them has.
    /// </summary>
    public IEnumerable<PatternModel> Parse(string text, int index)
    {
        var place = new ProblemPlace(PlaceKind.Argument, null, attribute, index);
        if (Parse(text, place, isPattern: true, holes) is not { } model)
            yield break;
        yield return model;
        if (model.Each is not null && model.Holes.All(hole => wholes.CanFind(hole.Text.Split('.'))) && Parse(text, place, isPattern: true, wholes) is { } whole)
            yield return whole;
    }

    /// <summary>A tag, or the key under which a result is put: without wildcards.</summary>
    public PatternModel? ParseExact(string text, string? property, int index) =>
        Parse(text, new(PlaceKind.Argument, property, attribute, index), isPattern: false, holes);

    /// <summary>The tags of an attribute.</summary>
    public EquatableArray<PatternModel> Tags(AttributeData data) =>
        data.NamedStrings("Tags").Select((text, i) => ParseExact(text, "Tags", i)).Where(tag => tag is not null).Select(tag => tag!).ToEquatableArray();

    private PatternModel? Parse(string text, ProblemPlace place, bool isPattern, HoleParser parser)
    {
        if (!KeyTemplateParser.TryParse(text, isPattern, out var parts, out var error))
        {
            context.Report(RuleIds.BadTemplate, place with { Start = error.Start, Length = error.Length }, error.Message);
            return null;
        }

        var segments = KeySegments.Of(parts, part => Hole(parser, part, place with { Start = part.Start, Length = part.Length }));
        if (segments is null)
            return null;
        var model = new PatternModel(segments.ToEquatableArray());
        if (model.Holes.Select(hole => hole.Each).Where(each => each is not null).Distinct().Skip(1).Any())
        {
            context.Report(RuleIds.BadTemplate, place with { Start = 0, Length = 0 }, "it has elements of two collections");
            return null;
        }

        return model;
    }

    /// <summary>The keys of the cached methods of a name, with this method's parameters in place of theirs, and <c>*</c> for those that it does not have.</summary>
    public IEnumerable<PatternModel?> OfMethod(string name)
    {
        var place = new ProblemPlace(PlaceKind.Argument, "Method", attribute);
        var methods = context.Type.SelfAndBases().SelectMany(type => type.GetMembers(name)).OfType<IMethodSymbol>()
            .Where(method => method.PartialDefinitionPart is null && method.HasAttribute("CachedAttribute")).ToList();
        if (methods.Count == 0)
            context.Report(RuleIds.NoSuchMethod, place, "Method", name);
        return methods.Select(method => OfMethod(method, place));
    }

    private PatternModel? OfMethod(IMethodSymbol method, ProblemPlace place)
    {
        var key = context.For(method);
        if (KeyParser.CompleteParts(key, method.FindAttribute("CachedAttribute")!, out var builder) is not { } parts)
        {
            context.Report(RuleIds.NoSuchMethod, place, "Method", method.Name);
            return null;
        }

        var own = parts.Select(part => part.Literal is not null || IsFilledHere(key, part) ? part : part with { Literal = Anything, Path = [] }).ToList();
        if (builder is not null)
            own.Add(new(Anything, [], null, 0, 0));

        // The delimiters are those of the key: a hole's text has to be what it is there.
        var delimiters = KeySegments.Delimiters(parts);
        var segments = new List<KeySegment>();
        for (int i = 0; i < own.Count; i++)
        {
            if (own[i].Literal is { } literal)
                KeySegments.AddLiteral(segments, literal);
            else if (wholes.Parse(own[i], place, RootIsSensitive(key, own[i])) is { } hole)
                segments.Add(new(null, hole, delimiters[i]));
        }

        return new(segments.ToEquatableArray());
    }

    private HoleModel? Hole(HoleParser parser, TemplatePart part, ProblemPlace place)
    {
        bool isResult = part.Path[0] == HoleParser.Result && context.FindParameter(HoleParser.Result) is null;
        if (isResult && !hasResult)
        {
            context.Report(RuleIds.BadTemplate, place, "there is a result only after a method that has one has succeeded");
            return null;
        }

        return parser.Parse(part, place);
    }

    private bool IsFilledHere(MethodContext key, TemplatePart part)
    {
        var own = context.FindParameter(part.Path[0]);
        if (key.FindParameter(part.Path[0]) is { } parameter)
            return own is { RefKind: not RefKind.Out } && HaveSameText(parameter.Type, own.Type, part);
        return own is null && part.Path[0] != HoleParser.Result && wholes.CanFind(part.Path);
    }

    private static bool HaveSameText(ITypeSymbol one, ITypeSymbol other, TemplatePart part)
    {
        one.IsNullableValue(out var first);
        other.IsNullableValue(out var second);
        return SymbolEqualityComparer.Default.Equals(first, second) || (part is { Path.Count: 1, Format: null } && IsInteger(first) && IsInteger(second));
    }

    private static bool IsInteger(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    private static bool? RootIsSensitive(MethodContext key, TemplatePart part) =>
        key.FindParameter(part.Path[0]) is { } parameter ? KeyMemberFinder.IsSensitive(parameter) : null;
}
