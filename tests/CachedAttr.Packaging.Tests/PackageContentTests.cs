using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace CachedAttr.Packaging.Tests;

/// <summary>What is in the packages, and what is not.</summary>
[Collection(PackageFeed.Name)]
public sealed class PackageContentTests(PackageFeed feed)
{
    public static TheoryData<string> Packages => [.. Repository.Shipped];

    public static TheoryData<string> Libraries => [.. Repository.Shipped.Where(static package => package != "CachedAttr.Cli")];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_a_readme_an_icon_a_licence_and_the_commit(string package)
    {
        var metadata = feed.ReadMetadata(package);
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal(feed.Version, Value("version"));
        Assert.NotEqual(package, Value("description"));
        Assert.NotEqual("Package Description", Value("description"));
        using var archive = feed.Open(package);
        Assert.StartsWith("# ", Text(archive, "README.md"), StringComparison.Ordinal);
        Assert.Equal([0x89, .. "PNG"u8], Bytes(archive, "icon.png")[..4]);

        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    [Fact]
    public void The_main_package_brings_the_run_time_the_generator_the_rules_and_the_fixes() => Assert.Equal(
        [
            "README.md",
            "analyzers/dotnet/cs/CachedAttr.Analyzers.dll",
            "analyzers/dotnet/cs/CachedAttr.CodeFixes.dll",
            "analyzers/dotnet/cs/CachedAttr.Generators.dll",
            "buildTransitive/CachedAttr.targets",
            "icon.png",
            "lib/net10.0/CachedAttr.dll",
            "lib/net10.0/CachedAttr.xml",
        ],
        FilesOf("CachedAttr"));

    [Theory]
    [InlineData("CachedAttr.AspNetCore")]
    [InlineData("CachedAttr.Database", "buildTransitive/CachedAttr.Database.targets")]
    [InlineData("CachedAttr.Redis")]
    [InlineData("CachedAttr.Testing")]
    public void Another_library_is_one_assembly_and_its_documentation(string package, params string[] more) =>
        Assert.Equal(["README.md", .. more, "icon.png", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"], FilesOf(package));

    [Theory]
    [InlineData(
        "CachedAttr",
        "Microsoft.Extensions.Caching.Memory Microsoft.Extensions.Configuration.Abstractions Microsoft.Extensions.DependencyInjection.Abstractions "
        + "Microsoft.Extensions.Diagnostics.HealthChecks Microsoft.Extensions.Hosting.Abstractions Microsoft.Extensions.Logging.Abstractions Microsoft.Extensions.Options Polly.Core")]
    [InlineData("CachedAttr.AspNetCore", "CachedAttr")]
    [InlineData("CachedAttr.Database", "CachedAttr Microsoft.Data.Sqlite.Core Npgsql SQLitePCLRaw.bundle_e_sqlite3")]
    [InlineData("CachedAttr.Redis", "CachedAttr StackExchange.Redis")]
    [InlineData("CachedAttr.Testing", "CachedAttr")]
    [InlineData("CachedAttr.Cli", "")]
    public void A_package_asks_for_what_it_needs_and_for_nothing_of_Roslyn(string package, string expected) =>
        Assert.Equal(expected, string.Join(' ', DependenciesOf(package).Select(static dependency => dependency.Id).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("CachedAttr.AspNetCore")]
    [InlineData("CachedAttr.Database")]
    [InlineData("CachedAttr.Redis")]
    [InlineData("CachedAttr.Testing")]
    public void A_package_asks_for_exactly_its_own_version_of_the_others(string package) =>
        Assert.Equal($"[{feed.Version}]", DependenciesOf(package).Single(static dependency => dependency.Id == "CachedAttr").Version);

    [Fact]
    public void The_tool_is_called_cachedattr_and_brings_all_backends()
    {
        Assert.Contains("DotnetTool", feed.ReadMetadata("CachedAttr.Cli").ToString(), StringComparison.Ordinal);
        using var archive = feed.Open("CachedAttr.Cli");
        Assert.Contains("Name=\"cachedattr\"", Text(archive, "tools/net10.0/any/DotnetToolSettings.xml"), StringComparison.Ordinal);
        string[] files = FilesOf("CachedAttr.Cli");
        Assert.Contains("tools/net10.0/any/CachedAttr.Redis.dll", files);
        Assert.Contains("tools/net10.0/any/CachedAttr.Database.dll", files);
        Assert.Contains("tools/net10.0/any/runtimes/linux-x64/native/libe_sqlite3.so", files);
        Assert.DoesNotContain(files, static file => file.Contains("CodeAnalysis", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_belong_to_the_assembly_and_carry_its_sources(string package)
    {
        using var library = feed.Open(package);
        using var symbols = feed.Open(package, "snupkg");
        using var assembly = new PEReader(new MemoryStream(Bytes(library, $"lib/net10.0/{package}.dll")));
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, $"lib/net10.0/{package}.pdb")));
        var reader = pdb.GetMetadataReader();

        var codeView = assembly.ReadDebugDirectory().Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(assembly.ReadCodeViewDebugDirectoryData(codeView).Guid, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);
        var embedded = reader.CustomDebugInformation
            .Select(handle => reader.GetCustomDebugInformation(handle))
            .Where(information => reader.GetGuid(information.Kind) == new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE"))
            .Select(information => (DocumentHandle)information.Parent)
            .ToHashSet();
        Assert.All(reader.Documents, document => Assert.Contains(document, embedded));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void An_assembly_is_reproducible_and_holds_no_path_of_the_machine_that_built_it(string package)
    {
        using var archive = feed.Open(package);
        var assemblies = archive.Entries.Where(static entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, entry =>
        {
            byte[] bytes = Bytes(archive, entry.FullName);
            using var assembly = new PEReader(new MemoryStream(bytes));
            Assert.Contains(assembly.ReadDebugDirectory(), static entry => entry.Type == DebugDirectoryEntryType.Reproducible);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)) < 0, "a path of this machine");
            using var pdb = Symbols(assembly, package);
            var reader = pdb.GetMetadataReader();
            Assert.All(reader.Documents, document => Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(document).Name), StringComparison.Ordinal));
        });
    }

    private MetadataReaderProvider Symbols(PEReader assembly, string package)
    {
        foreach (var entry in assembly.ReadDebugDirectory().Where(static entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb))
            return assembly.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        using var symbols = feed.Open(package, "snupkg");
        return MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, $"lib/net10.0/{package}.pdb")));
    }

    private string[] FilesOf(string package)
    {
        using var archive = feed.Open(package);
        string[] ofTheFormat = ["_rels/", "package/", "[Content_Types].xml", package + ".nuspec"];
        return [.. archive.Entries.Select(static entry => entry.FullName).Where(name => !ofTheFormat.Any(part => name.StartsWith(part, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    private IEnumerable<(string Id, string Version)> DependenciesOf(string package) => feed.ReadMetadata(package).Descendants()
        .Where(static element => element.Name.LocalName == "dependency")
        .Select(static element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value));

    private static string Text(ZipArchive archive, string name) => Encoding.UTF8.GetString(Bytes(archive, name));

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        var entry = archive.GetEntry(name);
        Assert.True(entry is not null, name + " is missing");
        using var content = entry.Open();
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
