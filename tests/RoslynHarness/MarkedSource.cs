using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace RoslynHarness;

/// <summary>Source text in which <c>[|…|]</c> marks where diagnostics are expected. Marks may be nested.</summary>
/// <param name="Text">The text without the marks.</param>
/// <param name="Spans">What they enclose, ordered by start.</param>
public sealed record MarkedSource(string Text, ImmutableArray<TextSpan> Spans)
{
    /// <summary>Reads the notation.</summary>
    /// <param name="marked">Text with marks.</param>
    /// <exception cref="FormatException">A mark is not closed, or was not opened.</exception>
    public static MarkedSource Parse(string marked)
    {
        var text = new StringBuilder(marked.Length);
        var open = new Stack<int>();
        var spans = new List<TextSpan>();
        for (int i = 0; i < marked.Length; i++)
        {
            if (string.CompareOrdinal(marked, i, "[|", 0, 2) == 0)
            {
                open.Push(text.Length);
                i++;
            }
            else if (string.CompareOrdinal(marked, i, "|]", 0, 2) == 0)
            {
                if (!open.TryPop(out int start))
                    throw new FormatException($"'|]' at {i} closes nothing.");
                spans.Add(TextSpan.FromBounds(start, text.Length));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        if (open.Count > 0)
            throw new FormatException("A '[|' is not closed.");
        return new(text.ToString(), [.. spans.OrderBy(span => span.Start)]);
    }
}
