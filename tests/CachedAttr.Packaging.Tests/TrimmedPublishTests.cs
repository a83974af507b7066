using System.Text.RegularExpressions;

namespace CachedAttr.Packaging.Tests;

/// <summary>An app that is published trimmed and self-contained runs, and nothing of ours warns.</summary>
public sealed partial class TrimmedPublishTests
{
    [Fact]
    public async Task A_trimmed_self_contained_app_caches_serializes_and_invalidates()
    {
        string output = Directory.CreateTempSubdirectory("cachedattr-trimmed-").FullName;
        try
        {
            string project = Path.Combine(Repository.Root, "tests", "CachedAttr.Packaging.Tests", "TrimmedApp");
            string published = await Command.RunAsync("dotnet", "publish", project, "-c", "Release", "-o", output, "--nologo", "-p:TreatWarningsAsErrors=true");
            Assert.DoesNotMatch(TrimWarning(), published);
            Assert.Equal(
                "1 load; equal: True; by hand: text\nafter invalidation: beta7, 2 loads\ninjected: True; configured: 77 s\n",
                await Command.RunAsync(Path.Combine(output, "TrimmedApp")));
            Assert.False(File.Exists(Path.Combine(output, "System.Linq.Expressions.dll")), "nothing was trimmed");
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    [GeneratedRegex(@"warning IL\d{4}", RegexOptions.None, 1000)]
    private static partial Regex TrimWarning();
}
