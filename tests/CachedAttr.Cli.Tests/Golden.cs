using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CachedAttr.Cli.Tests;

/// <summary>Compares an output with a file in Golden/, in which what changes from run to run stands as a word in angle brackets. UPDATE_SNAPSHOTS=1 writes the files.</summary>
internal static partial class Golden
{
    public static void Verify(string output, string name, [CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name + ".txt");
        string actual = string.Join('\n', Stable(output).ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd()));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    private static string Stable(string output)
    {
        output = Moment().Replace(output, "<moment>");
        output = Address().Replace(output, "<address>");
        output = Duration().Replace(output, "<time>");
        output = Records().Replace(output, "<count> records");
        output = Size().Replace(output, "<size>");
        output = Clock().Replace(output, "<clock>");
        output = Folder().Replace(output, "<folder>");
        output = Count().Replace(output, "${name}  <count>");
        output = Operation().Replace(output, "${head} <os>");
        output = Number().Replace(output, "\"${name}\":${blank}<number>");
        output = Text().Replace(output, "\"${name}\": \"<count>\"");
        output = Version().Replace(output, "<version>"); // after all other numbers
        output = Rule().Replace(output, "────");
        return Blanks().Replace(output, "  ");
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b[67]\.\d+\.\d+|\b3\.\d+\.\d+|\b1\d\.\d+( \(Debian[^)]*\))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();

    [GeneratedRegex(@"\b\d+(\.\d+)? (µs|ms|s)\b(?=[ "",]|$|\n)|\b\d+:\d\d:\d\d\b(?!\.)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b\d+(\.\d+)? (B|KB|MB|GB)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Size();

    [GeneratedRegex(@"\d\d:\d\d:\d\d\.\d+", RegexOptions.None, 1000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?<head>""?os""?:?)\s+""?Linux [^\n""]+""?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Operation();

    [GeneratedRegex(@"""(?<name>latencyMilliseconds|logPosition|uptimeSeconds|usedBytes|clients|ageSeconds|ttlSeconds|stamp|sequence|\w+Microseconds|entries|logRecords)"":(?<blank> ?)[\d.]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+\+00:00", RegexOptions.None, 1000)]
    private static partial Regex Moment();

    [GeneratedRegex(@"/\S*/cachedattr-cli\w*", RegexOptions.None, 1000)]
    private static partial Regex Folder();

    [GeneratedRegex(@"""(?<name>file_bytes|table_bytes|expired)"": ""\d+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();

    // What other tests have done to the same backend counts as well.
    [GeneratedRegex(@"^(?<name>Clients|Entries|Log records|file_bytes|table_bytes|expired) +[\d,]+", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Count();

    [GeneratedRegex("─{4,}", RegexOptions.None, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\b\d+ records", RegexOptions.None, 1000)]
    private static partial Regex Records();

    [GeneratedRegex(" {2,}", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
