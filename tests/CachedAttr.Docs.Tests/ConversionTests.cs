using System.Diagnostics;
using System.Text;

namespace CachedAttr.Docs.Tests;

/// <summary>The difference that docs/adopting.md shows is the one between the two applications.</summary>
public sealed class ConversionTests
{
    private static readonly string Samples = Path.Combine(Page.Root, "samples", "Bookshop");

    [Fact]
    public async Task The_difference_shown_is_the_real_one()
    {
        var text = new StringBuilder("\n```diff\n");
        foreach (string file in Files("Before").Union(Files("After")).Order(StringComparer.Ordinal))
            text.Append(await DifferenceAsync(file));
        GeneratedRegion.Verify("docs/adopting.md", "difference", text.Append("```\n\n").ToString());
    }

    // The project's file says where the library is; in an application of one's own these are package references.
    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(Path.Combine(Samples, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Samples, folder), file))
            .Where(file => file.Split('/')[0] is not ("bin" or "obj") && (Path.GetExtension(file) is ".cs" or ".json"));

    private static async Task<string> DifferenceAsync(string file)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "diff", ["-N", "-U1", "--label", $"Before/{file}", "--label", $"After/{file}", Path.Combine(Samples, "Before", file), Path.Combine(Samples, "After", file)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode < 2, file);
        return output;
    }
}
