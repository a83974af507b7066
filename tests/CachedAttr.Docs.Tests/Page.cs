using System.Runtime.CompilerServices;

namespace CachedAttr.Docs.Tests;

/// <summary>A document of the repository.</summary>
internal sealed record Page
{
    private Page(string path)
    {
        Path = path;
        Text = File.ReadAllText(System.IO.Path.Combine(Root, path)).ReplaceLineEndings("\n");
        Blocks = [.. CodeBlock.In(this)];
    }

    public static string Root { get; } = FindRoot();

    /// <summary>All documents: those beside the solution, of docs, and beside the code.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. new[] { Root }.SelectMany(folder => Directory.GetFiles(folder, "*.md"))
            .Concat(new[] { "docs", "src", "generators", "analyzers", "samples" }.SelectMany(folder => Directory.GetFiles(System.IO.Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => System.IO.Path.GetRelativePath(Root, file))
            .Where(path => !path.Split('/').Any(folder => folder is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => new Page(path)),
    ];

    /// <summary>Where it is, from the root of the repository.</summary>
    public string Path { get; }

    /// <summary>The whole text, with <c>\n</c> at the ends of lines.</summary>
    public string Text { get; }

    /// <summary>The blocks between fences.</summary>
    public IReadOnlyList<CodeBlock> Blocks { get; }

    public static Page Of(string path) => All.Single(page => page.Path == path);

    public override string ToString() => Path;

    private static string FindRoot([CallerFilePath] string path = "")
    {
        string? folder = System.IO.Path.GetDirectoryName(path);
        while (!File.Exists(System.IO.Path.Combine(folder!, "CachedAttr.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder!;
    }
}
