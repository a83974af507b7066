using System.Globalization;
using System.Runtime.InteropServices;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>The table in docs/performance.md. What was not measured this time stays as it is, with its date; what is written by hand stays in any case.</summary>
internal static class Report
{
    private const string Begin = "<!-- scoreboard: written by the command above -->";
    private const string End = "<!-- end of the scoreboard -->";

    public static void Write(IReadOnlyList<Score> scores)
    {
        string path = Path.Combine(Repository.Root, "docs", "performance.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{path} has no '{Begin}' with '{End}' after it.");

        string date = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var lines = text[(begin + Begin.Length)..end].Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        foreach (var score in scores)
        {
            string start = $"| {score.What} |";
            string line = $"{start} {score.Figure} | {score.Goal} | {score.Verdict} | {score.Note} | {date} |";
            int known = lines.FindIndex(other => other.StartsWith(start, StringComparison.Ordinal));
            if (known < 0)
                lines.Add(line);
            else
                lines[known] = line;
        }

        string[] table = [Begin, "", Machine(), "", "| what, ours : reference | figure | goal | | | measured |", "|---|---|---|---|---|---|", .. lines, "", ""];
        File.WriteAllText(path, text[..begin] + string.Join('\n', table) + text[end..]);
    }

    public static void Print(IReadOnlyList<Score> scores)
    {
        int width = scores.Max(static score => score.What.Length);
        foreach (var score in scores)
            Console.WriteLine($"{score.What.PadRight(width)}  {score.Figure,12}  {score.Goal,-15} {score.Verdict,-14} {score.Note}");
    }

    public static void PrintSum(IReadOnlyList<Score> scores)
    {
        var withGoals = scores.Where(static score => score.Goal is not null).ToList();
        Console.WriteLine($"{withGoals.Count(static score => score.Goal!.Holds(score.Value))} of {withGoals.Count} goals hold");
    }

    private static string Machine()
    {
        string? processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} logical processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.";
    }
}
