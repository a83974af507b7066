using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>A hole that nothing fills, and the one that was meant.</summary>
/// <param name="Written">What stands there, with its braces as far as the members go.</param>
/// <param name="Meant">What is to stand there.</param>
internal sealed record HoleCorrection(string Written, string Meant)
{
    /// <summary>The corrections of the holes of a template, pattern or tag, in their order.</summary>
    /// <param name="parser">The method.</param>
    /// <param name="parts">What was written.</param>
    /// <param name="hasResult">Whether holes may be filled by the method's result: those of a key are not.</param>
    public static IEnumerable<HoleCorrection> Find(MethodContext parser, IReadOnlyList<TemplatePart> parts, bool hasResult)
    {
        SignatureParser.ReturnsOf(parser.Method.ReturnType, out var result);
        var holes = new HoleParser(parser, hasResult ? result : null, eachElement: hasResult);
        var wrong = parts.Where(part => part.Literal is null && !holes.CanFind(part.Path)).ToList();
        foreach (var part in wrong)
        {
            string? meant = Step(parser, holes, part.Path, hasResult) ?? (wrong.Count == 1 && !hasResult && part.Path.Count == 1 ? OnlyUnused(parser, parts) : null);
            if (meant is not null)
                yield return new("{" + part.Text, "{" + meant);
        }
    }

    /// <summary>The path with its first wrong step replaced by the nearest name that fits there.</summary>
    private static string? Step(MethodContext parser, HoleParser holes, IReadOnlyList<string> path, bool hasResult)
    {
        int wrong = Enumerable.Range(0, path.Count).First(i => !holes.CanFind([.. path.Take(i + 1)]));
        var candidates = wrong == 0 ? Roots(parser, hasResult) : Members(holes, [.. path.Take(wrong)]);
        string? nearest = Nearest.Of(path[wrong], candidates.Where(name => holes.CanFind([.. path.Take(wrong), name, .. path.Skip(wrong + 1)])));
        return nearest is null ? null : string.Join(".", [.. path.Take(wrong), nearest, .. path.Skip(wrong + 1)]);
    }

    private static IEnumerable<string> Roots(MethodContext parser, bool hasResult) =>
        parser.Method.Parameters.Where(parameter => !parameter.Type.IsCancellationToken()).Select(parameter => parameter.Name)
            .Concat(HoleParser.TypeParameters(parser.Method).Select(parameter => parameter.Name))
            .Concat(parser.Type.SelfAndBases().SelectMany(type => type.GetMembers()).Where(member => member.CanBeReferencedByName && MethodContext.IsReadableValue(member)).Select(member => member.Name))
            .Concat(parser.Type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name))
            .Concat(hasResult ? [HoleParser.Result] : []);

    private static IEnumerable<string> Members(HoleParser holes, IReadOnlyList<string> path)
    {
        if (holes.TypeOf(path) is not { } type)
            return [];
        type.IsNullableValue(out var underlying);
        return underlying.SelfAndBases().Concat(underlying.AllInterfaces).SelectMany(current => current.GetMembers()).Select(member => member.Name);
    }

    // A parameter that was renamed: the only one that is missing.
    private static string? OnlyUnused(MethodContext parser, IReadOnlyList<TemplatePart> parts)
    {
        var unused = KeyParser.KeyParameters(parser.Method).Where(parameter => !parts.Any(part => part.Path.Count > 0 && part.Path[0] == parameter.Name)).ToList();
        return unused is [var only] ? only.Name : null;
    }
}
