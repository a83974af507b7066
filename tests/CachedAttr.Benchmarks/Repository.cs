namespace CachedAttr.Benchmarks;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The folder into which a project was built as this one was.</summary>
    /// <param name="project">The project's folder, from the root.</param>
    public static string OutputOf(string project)
    {
        string own = Path.Combine(Root, "tests", "CachedAttr.Benchmarks");
        return Path.Combine(Root, project, Path.GetRelativePath(own, AppContext.BaseDirectory));
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CachedAttr.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository was not found above " + AppContext.BaseDirectory);
    }
}
