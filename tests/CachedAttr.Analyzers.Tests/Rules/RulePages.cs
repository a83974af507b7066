using System.Runtime.CompilerServices;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The files beside the rules: the pages of <c>docs/rules</c> and the release notes.</summary>
internal static class RulePages
{
    public static string Root { get; } = FindRoot();

    public static string Pages { get; } = Path.Combine(Root, "docs", "rules");

    public static string Read(string rule) => File.ReadAllText(Path.Combine(Pages, rule + ".md"));

    /// <summary>The text under a heading.</summary>
    public static string Section(string rule, string heading)
    {
        string[] sections = Read(rule).Split("\n## ");
        return sections.Single(section => section.StartsWith(heading + "\n", StringComparison.Ordinal))[heading.Length..].Trim();
    }

    /// <summary>The code under a heading.</summary>
    public static string Code(string rule, string heading)
    {
        string section = Section(rule, heading);
        const string Fence = "```";
        int start = section.IndexOf('\n', section.IndexOf(Fence + "csharp", StringComparison.Ordinal)) + 1;
        return section[start..section.IndexOf(Fence, start, StringComparison.Ordinal)];
    }

    private static string FindRoot([CallerFilePath] string path = "")
    {
        string? folder = Path.GetDirectoryName(path);
        while (!File.Exists(Path.Combine(folder!, "CachedAttr.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder!;
    }
}
