namespace CachedAttr.Packaging.Tests;

/// <summary>
/// What users can name does not change by accident: it stands in <c>src/*/PublicApi.txt</c>. UPDATE_SNAPSHOTS=1 writes the files, and the change is then seen in the diff.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Shipped => [.. Repository.Shipped];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_public_surface_is_what_its_file_says(string assembly)
    {
        string file = Path.Combine(Repository.Root, "src", assembly, "PublicApi.txt");
        string actual = PublicApiText.Of(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, actual);
        string expected = File.Exists(file) ? File.ReadAllText(file) : "";
        string[] before = expected.Split('\n');
        string[] now = actual.Split('\n');
        Assert.True(
            expected == actual,
            $"{string.Join('\n', before.Except(now).Select(static line => "- " + line).Concat(now.Except(before).Select(static line => "+ " + line)))}\n"
            + "If that is meant: UPDATE_SNAPSHOTS=1 dotnet test tests/CachedAttr.Packaging.Tests --filter PublicApiTests");
    }

    [Fact]
    public void The_command_line_has_no_public_surface() => Assert.Equal("", PublicApiText.Of(Path.Combine(AppContext.BaseDirectory, "CachedAttr.Cli.dll")));
}
