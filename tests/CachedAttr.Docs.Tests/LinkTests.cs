using System.Text;
using System.Text.RegularExpressions;

namespace CachedAttr.Docs.Tests;

/// <summary>What a page points to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_link_to_a_file_or_an_anchor_is_dead(string path)
    {
        var page = Page.Of(path);
        var targets = Link().Matches(WithoutCode(page)).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));
        Assert.DoesNotContain(targets, target => !Exists(page, target));
    }

    [Fact]
    public void Links_and_anchors_are_found()
    {
        var targets = Page.All.SelectMany(page => Link().Matches(WithoutCode(page))).Select(match => match.Groups["target"].Value).ToList();
        Assert.True(targets.Count > 100, $"Only {targets.Count} links were found.");
        Assert.True(targets.Count(target => target.Contains('#', StringComparison.Ordinal)) > 10, "Hardly any anchor was found.");
        Assert.False(Exists(Page.Of("README.md"), "docs/keys.md#no-such-heading"));
        Assert.False(Exists(Page.Of("README.md"), "docs/no-such-page.md"));
    }

    [Fact]
    public void Every_page_of_docs_is_linked_from_the_index()
    {
        string index = Page.Of("docs/README.md").Text;
        var pages = Page.All.Where(page => page.Path.StartsWith("docs/", StringComparison.Ordinal) && page.Path.Count('/') == 1 && page.Path != "docs/README.md");
        Assert.All(pages, page => Assert.Contains($"]({page.Path["docs/".Length..]})", index, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_that_is_named_has_a_page_and_the_list_links_all()
    {
        string folder = Path.Combine(Page.Root, "docs", "rules");
        var named = Page.All.SelectMany(page => RuleId().Matches(page.Text)).Select(match => match.Value).Distinct().ToList();
        Assert.True(named.Count > 20);
        Assert.All(named, id => Assert.True(File.Exists(Path.Combine(folder, id + ".md")), id));
        string list = Page.Of("docs/rules/README.md").Text;
        Assert.All(Directory.GetFiles(folder, "CATTR*.md"), file => Assert.Contains($"({Path.GetFileName(file)})", list, StringComparison.Ordinal));
    }

    private static bool Exists(Page page, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(Page.Root, Path.Combine(Page.Root, Path.GetDirectoryName(page.Path)!, parts[0]));
        if (!Path.Exists(Path.Combine(Page.Root, path)))
            return false;
        return parts.Length == 1 || Anchors(Page.Of(path)).Contains(parts[1]);
    }

    /// <summary>The anchors that GitHub gives to a page's headings: lower case, without punctuation, blanks as hyphens, repeated ones numbered.</summary>
    private static HashSet<string> Anchors(Page page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (string heading in Heading().Matches(WithoutCode(page)).Select(match => match.Groups["text"].Value))
        {
            var anchor = new StringBuilder();
            foreach (char c in Link().Replace(heading, "]").ToLowerInvariant())
            {
                if (char.IsLetterOrDigit(c) || c is '-' or '_')
                    anchor.Append(c);
                else if (c == ' ')
                    anchor.Append('-');
            }

            string name = anchor.ToString();
            for (int i = 1; !anchors.Add(name); i++)
                name = $"{anchor}-{i}";
        }

        return anchors;
    }

    private static string WithoutCode(Page page) => Fenced().Replace(page.Text, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*\n(?:.*\n)*?```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"CATTR\d{3}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RuleId();
}
