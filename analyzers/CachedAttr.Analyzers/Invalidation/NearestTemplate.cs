using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Finds the template that a pattern which matches nothing was probably meant for.</summary>
internal static class NearestTemplate
{
    /// <summary>The nearest one as a pattern of the method that invalidates; null if none is near.</summary>
    /// <param name="pattern">The pattern as it is written.</param>
    /// <param name="templates">The templates of cached methods.</param>
    /// <param name="method">The method with the pattern, whose parameters fill the holes.</param>
    public static string? Find(string pattern, IEnumerable<string> templates, IMethodSymbol method)
    {
        var nearest = templates.Distinct()
            .Select(template => (Template: template, Distance: Distance(Outline(pattern), Outline(template))))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Template, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Template is { } found && nearest.Distance <= Math.Max(Outline(pattern).Length, Outline(found).Length) * 2 / 5
            ? Rewrite(found, pattern, method) : null;
    }

    // What the holes are called says little.
    private static string Outline(string text) => Replace(text, _ => "*");

    private static string Rewrite(string template, string pattern, IMethodSymbol method)
    {
        var written = new List<string>();
        Replace(pattern, hole =>
        {
            written.Add(hole);
            return hole;
        });
        int index = 0;
        return Replace(template, hole =>
        {
            string root = hole.Trim('{', '}').Split('.')[0];
            bool isKnown = KeyParser.KeyParameters(method).Any(parameter => parameter.Name == root);
            string? same = written.ElementAtOrDefault(index++);
            return isKnown ? hole : same ?? "*";
        });
    }

    private static string Replace(string text, Func<string, string> hole)
    {
        var result = new System.Text.StringBuilder();
        for (int position = 0; position < text.Length;)
        {
            int close = text[position] == '{' ? text.IndexOf('}', position) : -1;
            if (close < 0)
            {
                result.Append(text[position++]);
                continue;
            }

            result.Append(hole(text.Substring(position, close - position + 1)));
            position = close + 1;
        }

        return result.ToString();
    }

    /// <summary>How many characters have to be added, left out or changed (Levenshtein, 1966).</summary>
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[other.Length];
    }
}
