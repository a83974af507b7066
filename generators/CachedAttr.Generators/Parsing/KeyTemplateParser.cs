using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CachedAttr.Generators.Parsing;

/// <summary>Takes the text of a key template or pattern apart: <c>server:{id}:{user.Name}:{day:yyyy-MM-dd}</c>.</summary>
/// <remarks>
/// Grammar: literals and holes. A hole is <c>{root.Member.Member:format}</c>, members and format being optional. In a key, two holes have a literal
/// between them, the first character of which ends the hole before it and is escaped in its text, so that the key can be read back.
/// </remarks>
internal static class KeyTemplateParser
{

    public static bool TryParse(string text, bool isPattern, [NotNullWhen(true)] out IReadOnlyList<TemplatePart>? parts, out TemplateError error)
    {
        var found = new List<TemplatePart>();
        parts = found;
        if (text.Length == 0)
        {
            error = new("it is empty", 0, 0);
            return false;
        }

        int position = 0;
        while (position < text.Length)
        {
            int start = position;
            string? message = text[position] == '{'
                ? ReadHole(text, ref position, found)
                : ReadLiteral(text, ref position, isPattern, found);
            message ??= isPattern ? null : CheckNeighbours(found);
            if (message is not null)
            {
                error = new(message, start, Math.Max(1, position - start));
                return false;
            }
        }

        error = default;
        return true;
    }

    private static string? ReadHole(string text, ref int position, List<TemplatePart> parts)
    {
        int start = position;
        int end = text.IndexOf('}', start);
        if (end < 0)
        {
            position = text.Length;
            return "the brace is not closed";
        }

        position = end + 1;
        string content = text.Substring(start + 1, end - start - 1);
        int colon = content.IndexOf(':');
        string path = colon < 0 ? content : content.Substring(0, colon);
        string? format = colon < 0 ? null : content.Substring(colon + 1);
        if (format is { Length: 0 })
            return "the format is empty";
        string[] steps = path.Split('.');
        if (!steps.All(IsIdentifier))
            return $"'{path}' is not a parameter or member, followed by members: no other expressions are possible";
        parts.Add(new(null, steps, format, start, position - start));
        return null;
    }

    private static string? ReadLiteral(string text, ref int position, bool isPattern, List<TemplatePart> parts)
    {
        int start = position;
        while (position < text.Length && text[position] != '{')
        {
            char character = text[position];
            if (isPattern && character == '\\')
                position++;
            else if (isPattern && character == '[' && text.IndexOf(']', position) <= position + 1)
                return "the set is empty or not closed";
            else if (character == '}')
                return "the brace is not opened";
            else if (IsForbidden(character, isPattern) || IsHalfOfPair(text, position))
                return $"'{character}' cannot be part of a key";
            position++;
        }

        if (position > text.Length)
            return "a character to escape is missing after '\\'";
        parts.Add(new(text.Substring(start, position - start), [], null, start, position - start));
        return null;
    }

    private static bool IsForbidden(char character, bool isPattern) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || character == '%' || (!isPattern && character is '*' or '?' or '[' or ']' or '\\');

    // It has no form in UTF-8, which is what keys are on the wire.
    private static bool IsHalfOfPair(string text, int position) => char.IsSurrogate(text[position])
        && !char.IsSurrogatePair(text, position) && (position == 0 || !char.IsSurrogatePair(text, position - 1));

    private static string? CheckNeighbours(List<TemplatePart> parts)
    {
        if (parts.Count < 2 || parts[parts.Count - 2].Literal is not null)
            return null;
        return parts[parts.Count - 1].Literal is not { } literal
            ? "two holes need a literal between them"
            : !CanDelimit(literal[0]) ? $"'{literal[0]}' cannot follow a hole, because the hole's text may contain it" : null;
    }

    public static bool CanDelimit(char character) => character is > ' ' and < '\x7F' && !char.IsLetterOrDigit(character);

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(IsIdentifierPart);

    private static bool IsIdentifierPart(char character) =>
        char.IsLetterOrDigit(character) || character == '_' || char.GetUnicodeCategory(character) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark;
}

/// <summary>A literal or a hole as text.</summary>
internal sealed record TemplatePart(string? Literal, IReadOnlyList<string> Path, string? Format, int Start, int Length)
{
    /// <summary>The hole without its format.</summary>
    public string Text => string.Join(".", Path);
}

/// <summary>What is wrong with a template, and where.</summary>
internal readonly record struct TemplateError(string Message, int Start, int Length);
