using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Makes the patterns of one <c>[InvalidateCache]</c>: those written, and that of a cached method's key.</summary>
internal sealed class PatternParser(MethodContext context, HoleParser holes, bool hasResult, int attribute)
{
    private const string Anything = "*";

    public PatternModel? Parse(string text, int index)
    {
        var place = new ProblemPlace(PlaceKind.Argument, null, attribute, index);
        if (!KeyTemplateParser.TryParse(text, isPattern: true, out var parts, out var error))
        {
            context.Report(RuleIds.BadTemplate, place with { Start = error.Start, Length = error.Length }, error.Message);
            return null;
        }

        var segments = KeySegments.Of(parts, part => Hole(part, place with { Start = part.Start, Length = part.Length }));
        return segments is null ? null : new(segments.ToEquatableArray());
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
            else if (holes.Parse(own[i], place, RootIsSensitive(key, own[i])) is { } hole)
                segments.Add(new(null, hole, delimiters[i]));
        }

        return new(segments.ToEquatableArray());
    }

    private HoleModel? Hole(TemplatePart part, ProblemPlace place)
    {
        bool isResult = part.Path[0] == HoleParser.Result && context.FindParameter(HoleParser.Result) is null;
        if (isResult && !hasResult)
        {
            context.Report(RuleIds.BadTemplate, place, "there is a result only after a method that has one has succeeded");
            return null;
        }

        return holes.Parse(part, place);
    }

    private bool IsFilledHere(MethodContext key, TemplatePart part)
    {
        var own = context.FindParameter(part.Path[0]);
        if (key.FindParameter(part.Path[0]) is { } parameter)
            return own is { RefKind: not RefKind.Out } && HaveSameText(parameter.Type, own.Type, part);
        return own is null && part.Path[0] != HoleParser.Result && holes.CanFind(part.Path);
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
