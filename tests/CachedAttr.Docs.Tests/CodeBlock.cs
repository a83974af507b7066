using System.Text.RegularExpressions;

namespace CachedAttr.Docs.Tests;

/// <summary>What stands between two fences of a page.</summary>
/// <param name="Page">The page's path.</param>
/// <param name="Line">The number of its first line in the page.</param>
/// <param name="Language">What stands behind the opening fence.</param>
/// <param name="Text">The lines between the fences.</param>
/// <param name="Reports">The rules that it is to break, from a comment <c>&lt;!-- reports CATTR021 --&gt;</c> above it.</param>
internal sealed partial record CodeBlock(string Page, int Line, string Language, string Text, IReadOnlyList<string> Reports)
{
    public static IEnumerable<CodeBlock> In(Page page)
    {
        foreach (Match match in Fenced().Matches(page.Text))
        {
            int line = page.Text.AsSpan(0, match.Groups["text"].Index).Count('\n') + 1;
            yield return new(page.Path, line, match.Groups["language"].Value, match.Groups["text"].Value, [.. RuleId().Matches(match.Groups["reports"].Value).Select(id => id.Value)]);
        }
    }

    public override string ToString() => $"{Page}({Line})";

    [GeneratedRegex(@"(<!-- reports (?<reports>[^>]*) -->\n)?^```(?<language>\w*)\n(?<text>(?:.*\n)*?)```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"CATTR\d{3}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleId();
}
