using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Parsing;

/// <summary>Turns the parts of a template into segments: neighbouring literals become one, and each hole learns which character ends it.</summary>
internal static class KeySegments
{
    /// <returns>The segments; null if a hole has no value, which <paramref name="bind"/> has reported.</returns>
    public static IReadOnlyList<KeySegment>? Of(IReadOnlyList<TemplatePart> parts, Func<TemplatePart, HoleModel?> bind)
    {
        var segments = new List<KeySegment>();
        bool complete = true;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Literal is { } literal)
                AddLiteral(segments, literal);
            else if (bind(parts[i]) is { } hole)
                segments.Add(new(null, hole, Delimiter(parts, i + 1)));
            else
                complete = false;
        }

        return complete ? segments : null;
    }

    public static void AddLiteral(List<KeySegment> segments, string literal)
    {
        if (segments.Count > 0 && segments[segments.Count - 1].Literal is { } before)
            segments[segments.Count - 1] = KeySegment.Of(before + literal);
        else
            segments.Add(KeySegment.Of(literal));
    }

    /// <summary>For each part, the character that ends it if it is a hole.</summary>
    public static IReadOnlyList<char> Delimiters(IReadOnlyList<TemplatePart> parts) => [.. parts.Select((_, i) => Delimiter(parts, i + 1))];

    private static char Delimiter(IReadOnlyList<TemplatePart> parts, int next)
    {
        if (next >= parts.Count || parts[next].Literal is not { } literal)
            return ':';
        char first = literal is ['\\', var escaped, ..] ? escaped : literal[0];
        if (first is '*' or '?' or '[' && first == literal[0])
            return KeySegment.UnknownDelimiter;
        return KeyTemplateParser.CanDelimit(first) ? first : ':';
    }
}
