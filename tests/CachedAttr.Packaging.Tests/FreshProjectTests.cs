using System.Text.RegularExpressions;

namespace CachedAttr.Packaging.Tests;

/// <summary>Whoever adds the package has everything: each project builds without a warning, runs, and is looked over by the rules.</summary>
[Collection(PackageFeed.Name)]
public sealed partial class FreshProjectTests(FreshProjects projects, PackageFeed feed) : IClassFixture<FreshProjects>
{
    [Fact]
    public void All_projects_build_without_a_warning()
    {
        string[] built = ["Console", "WebApi", "Worker", "Catalog", "Shop", "Shop.Tests"];
        Assert.All(built, project => Assert.Contains($" {project} -> ", projects.Output, StringComparison.Ordinal));
        Assert.DoesNotContain(": warning ", projects.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_app_caches_with_one_reference_and_no_registration() => Assert.Equal(
        "Oslo, load 1\nOslo, load 1\nOslo, load 2\nOslo, load 2\n", await Command.RunAsync("dotnet", projects.Built("Console")));

    [Fact]
    public async Task A_web_API_caches_shows_its_cache_and_invalidates() => Assert.Equal(
        """
        {"id":7,"load":1}
        {"id":7,"load":1}
        {"id":7,"load":2}
        True
        True

        """,
        await Command.RunAsync("dotnet", projects.Built("WebApi"), "--urls", "http://127.0.0.1:0"));

    [Fact]
    public async Task A_worker_that_names_only_a_backend_has_the_generator_and_its_entries_survive_a_restart()
    {
        string[] arguments = [projects.Built("Worker"), "--CachedAttr:Backend=file", $"--CachedAttr:File:Directory={Path.Combine(projects.Root, "file")}"];
        Assert.Equal("first title\nfirst title\nfirst title\n1 loads\n", await Command.RunAsync("dotnet", arguments));
        Assert.Equal("first title\nfirst title\nfirst title\n0 loads\n", await Command.RunAsync("dotnet", arguments));
    }

    [Fact]
    public async Task An_app_that_has_the_package_through_a_library_invalidates_what_the_library_caches() => Assert.Equal(
        "product 1, load 1\nproduct 1, load 1\nproduct 1, load 2\nproduct 1, load 3\n", await Command.RunAsync("dotnet", projects.Built("Central/Shop")));

    [Fact]
    public async Task A_test_project_moves_the_clock_of_the_cache()
    {
        string output = await Command.RunAsync("dotnet", "test", projects.Built("Central/Shop.Tests"), "--nologo");
        Assert.Matches(@"Passed!\s+- Failed:\s+0, Passed:\s+1,", output);
    }

    [Fact]
    public async Task Rules_see_mistakes_also_against_what_a_referenced_library_caches()
    {
        var (code, output) = await projects.BuildAsync("Central/Mistakes/Mistakes.csproj");
        Assert.Equal(1, code);
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(projects.Root, "Central", "Mistakes", "Mistakes.cs"));
        string[] expected = [.. lines.Select(static (line, number) => (Match: Comment().Match(line), number)).Where(static one => one.Match.Success).Select(static one => $"{one.number + 1} {one.Match.Groups["rule"]}")];
        string[] found = [.. Diagnostic().Matches(output).Select(static match => $"{match.Groups["line"]} {match.Groups["rule"]}").Distinct()];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_tool_installs_and_tells_what_a_fresh_library_caches()
    {
        string folder = Path.Combine(feed.Root, "tool");
        await Command.RunAsync("dotnet", "tool", "install", "CachedAttr.Cli", "--version", feed.Version, "--tool-path", folder, "--add-source", feed.Folder);
        string tool = Path.Combine(folder, "cachedattr");
        Assert.StartsWith("0.1.0", await Command.RunAsync(tool, "--version"), StringComparison.Ordinal);
        string map = await Command.RunAsync(tool, "map", projects.Built("Central/Catalog"), "--format", "markdown");
        Assert.Contains("Products.GetProductAsync", map, StringComparison.Ordinal);
        Assert.Contains("product:{id}", map, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"// (?<rule>CATTR\d{3})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"Mistakes\.cs\((?<line>\d+),\d+\): (warning|error) (?<rule>CATTR\d{3}):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Diagnostic();
}
