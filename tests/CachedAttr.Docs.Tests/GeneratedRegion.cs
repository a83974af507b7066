namespace CachedAttr.Docs.Tests;

/// <summary>A part of a page that is made by a test: between <c>&lt;!-- made: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>. With <c>UPDATE_SNAPSHOTS=1</c> it is written anew.</summary>
internal static class GeneratedRegion
{
    public static void Verify(string path, string name, string expected)
    {
        string begin = $"<!-- made: {name} -->\n";
        string text = Page.Of(path).Text;
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.True(start >= begin.Length, $"{path} has no {begin}");
        int end = text.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
        Assert.True(end >= 0, $"{path}: {name} has no end");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            // From the file, which may have got another region meanwhile.
            string file = Path.Combine(Page.Root, path);
            string now = File.ReadAllText(file);
            start = now.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            end = now.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
            File.WriteAllText(file, string.Concat(now.AsSpan(0, start), expected, now.AsSpan(end)));
            return;
        }

        Assert.Equal(expected, text[start..end]);
    }
}
