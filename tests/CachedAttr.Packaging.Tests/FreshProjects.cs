namespace CachedAttr.Packaging.Tests;

/// <summary>
/// Projects as somebody makes them who has only the packages: a folder of them is copied out of the tree, and built there at once, against the folder of packages.
/// </summary>
/// <remarks>What of others is in the machine's folder of packages is used from there; what is ours is unpacked beside the projects, and goes with them.</remarks>
public sealed class FreshProjects : IAsyncLifetime
{
    private readonly PackageFeed _feed;

    public FreshProjects(PackageFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        _feed = feed;
        Root = Path.Combine(feed.Root, "fresh");
    }

    public string Root { get; }

    /// <summary>What the build wrote.</summary>
    public string Output { get; private set; } = "";

    public async Task InitializeAsync()
    {
        string source = Path.Combine(Repository.Root, "tests", "CachedAttr.Packaging.Tests", "FreshProjects");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(Root, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(Root, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_feed.Root, "unpacked")}" /></config>
              <packageSources><add key="fresh" value="{_feed.Folder}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{packages}" /></fallbackPackageFolders>
            </configuration>
            """);
        var (code, output) = await BuildAsync("Fresh.slnx");
        Assert.True(code == 0, output);
        Output = output;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal Task<(int Code, string Output)> BuildAsync(string project) =>
        Command.TryAsync("dotnet", "build", Path.Combine(Root, project), "--nologo", $"-p:CachedAttrVersion={_feed.Version}", "-nodeReuse:false");

    internal string Built(string project) => Path.Combine(Root, project, "bin", "Debug", "net10.0", Path.GetFileName(project) + ".dll");
}
