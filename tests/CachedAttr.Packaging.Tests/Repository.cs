namespace CachedAttr.Packaging.Tests;

/// <summary>Where the tests find what they pack.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The projects that ship; each is a package of its own.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CachedAttr.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests have to run inside the repository.");
    }
}
