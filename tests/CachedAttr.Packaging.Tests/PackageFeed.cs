using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace CachedAttr.Packaging.Tests;

/// <summary>A folder with the packages of this tree, made once for all tests that need them.</summary>
/// <remarks>They have a version of their own, so that none of an earlier run can stand in for them.</remarks>
public sealed class PackageFeed : IAsyncLifetime
{
    internal const string Name = "Packages";

    /// <summary>Everything that the tests write, outside of the tree.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("cachedattr-packages-").FullName;

    public string Folder => Path.Combine(Root, "feed");

    public string Version { get; } = "0.1.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture).TrimStart('0');

    public async Task InitializeAsync()
    {
        List<string> arguments = ["pack", Path.Combine(Repository.Root, "CachedAttr.sln"), "-c", "Release", "-o", Folder, "-v", "q", "--nologo", $"-p:PackageVersion={Version}"];
#if !DEBUG
        arguments.Add("--no-build"); // what these tests refer to is what is packed
#endif
        await Command.RunAsync("dotnet", [.. arguments]);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }

    internal ZipArchive Open(string package, string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(Folder, $"{package}.{Version}.{extension}"));

    internal XElement ReadMetadata(string package)
    {
        using var archive = Open(package);
        using var nuspec = archive.GetEntry(package + ".nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(static element => element.Name.LocalName == "metadata");
    }
}

/// <summary>The tests that share the packages.</summary>
[CollectionDefinition(PackageFeed.Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>;
