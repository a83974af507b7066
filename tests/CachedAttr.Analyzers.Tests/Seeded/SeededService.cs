using CachedAttr.Analyzers.Tests.Rules;

namespace CachedAttr.Analyzers.Tests.Seeded;

/// <summary>A service with one caching bug, and the same without it: lines that end in <c>//bug</c> stand in the one only, lines that end in <c>//fix</c> in the other.</summary>
/// <remarks>The first line is <c>// CATTRnnn [what is marked] why it hurts</c>.</remarks>
internal sealed class SeededService
{
    private const string Bug = " //bug";
    private const string Fix = " //fix";
    private static readonly string Folder = Path.Combine(RulePages.Root, "tests", "CachedAttr.Analyzers.Tests", "Seeded", "Services");

    private SeededService(string[] lines)
    {
        // Arrays and attributes have brackets as well.
        string head = lines[0];
        int open = head.IndexOf('['), close = head.LastIndexOf("] ", StringComparison.Ordinal);
        Rule = head[3..(open - 1)];
        Mark = head[(open + 1)..close];
        Buggy = Text(lines, Fix, Bug);
        Clean = Text(lines, Bug, Fix);
    }

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.cs.txt").Select(path => Path.GetFileName(path).Replace(".cs.txt", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public string Rule { get; }

    /// <summary>What the rule marks.</summary>
    public string Mark { get; }

    public string Buggy { get; }

    public string Clean { get; }

    public static SeededService Read(string name) => new(File.ReadAllLines(Path.Combine(Folder, name + ".cs.txt")));

    private static string Text(IEnumerable<string> lines, string without, string with) => string.Join('\n', lines.Skip(1)
        .Where(line => !line.EndsWith(without, StringComparison.Ordinal)).Select(line => line.Replace(with, "", StringComparison.Ordinal)));
}
