using System.Runtime.CompilerServices;

namespace CachedAttr.Generators.Tests.Emitting;

/// <summary>Compares generated files with those in the tree. UPDATE_SNAPSHOTS=1 writes them instead.</summary>
internal static class Snapshot
{
    /// <summary>Generates, compiles without warnings, and compares all files with <c>Snapshots/{name}.g.cs.txt</c>.</summary>
    public static void Verify(string source, [CallerMemberName] string name = "", [CallerFilePath] string caller = "")
    {
        var (files, diagnostics) = TestCompilation.Generate(source);
        Assert.Empty(diagnostics);
        string actual = string.Join("\n", files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"// ===== {file.Key}\n{file.Value}"));
        string path = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots", name + ".g.cs.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
