using System.Diagnostics;
using System.Globalization;
using CachedAttr.Analyzers;
using CachedAttr.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>What 1,000 cached methods cost the compiler, and how large they are.</summary>
internal static class BuildRows
{
    private const int Pairs = 5;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    /// <summary>The compiler as a process of its own, with and without the package, in turns.</summary>
    public static async Task<IEnumerable<Score>> TimeAsync()
    {
        string folder = Directory.CreateTempSubdirectory("cachedattr-build-").FullName;
        try
        {
            string[] with = Arguments(folder, isCached: true);
            string[] without = Arguments(folder, isCached: false);
            var pairs = new List<(double Without, double With)>();
            for (int i = -1; i < Pairs; i++)
            {
                var pair = (await CompileAsync(without), await CompileAsync(with));
                if (i >= 0)
                    pairs.Add(pair);
            }

            double added = Interleaved.Median(pairs.Select(static pair => pair.With - pair.Without));
            string note = FormattableString.Invariant($"the compiler's process takes {Interleaved.Median(pairs.Select(static pair => pair.Without)):F2} s without");
            return [new("compiling 1,000 cached methods, cold : the same without the package, added", added, Goal.AtMost(1)) { Unit = " s", Note = note }];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>How many files the generator writes anew when a cached method is edited.</summary>
    public static IEnumerable<Score> Incremental()
    {
        var compilation = Compile(isCached: true);
        var tree = compilation.SyntaxTrees.First();
        var driver = CSharpGeneratorDriver.Create(
            [new CachedGenerator().AsSourceGenerator()], parseOptions: ParseOptions, driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var first = driver.RunGenerators(compilation);
        int body = Written(first, compilation.ReplaceSyntaxTree(tree, Parse(ManyMethods.Source(0, isCached: true, edit: " + \"!\""))));
        int signature = Written(first, compilation.ReplaceSyntaxTree(tree, Parse(ManyMethods.Source(0, isCached: true).Replace("Ttl = 600", "Ttl = 60", StringComparison.Ordinal))));
        return
        [
            new("files generated anew by an edit of an attribute of a cached method", signature, Goal.AtMost(1)) { Unit = " of 101" },
            new("files generated anew by an edit of a body", body, Goal.AtMost(1)) { Unit = " of 101" },
        ];
    }

    /// <summary>How much larger the assembly is.</summary>
    public static IEnumerable<Score> Size()
    {
        CSharpGeneratorDriver.Create([new CachedGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(Compile(isCached: true), out var generated, out _);
        double bytes = (double)(Emit(generated) - Emit(Compile(isCached: false))) / ManyMethods.Methods;
        return [new("assembly size, added by a cached method", bytes / 1024, Goal.AtMost(4)) { Unit = " KB", Note = "metadata and the formatters of a record for every ten methods included" }];
    }

    private static int Written(GeneratorDriver driver, Compilation edited) =>
        driver.RunGenerators(edited).GetRunResult().Results[0].TrackedOutputSteps.Values
            .SelectMany(static steps => steps).SelectMany(static step => step.Outputs)
            .Count(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    private static CSharpCompilation Compile(bool isCached) => CSharpCompilation.Create(
        "Many",
        Enumerable.Range(0, ManyMethods.Types).Select(type => Parse(ManyMethods.Source(type, isCached))),
        References().Select(static path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions);

    private static long Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        return result.Success ? stream.Length : throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Take(5)));
    }

    private static IEnumerable<string> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(static path => path.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal)
            || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
        .Append(typeof(Cache).Assembly.Location);

    private static string[] Arguments(string folder, bool isCached)
    {
        string name = isCached ? "with" : "without";
        Directory.CreateDirectory(Path.Combine(folder, name));
        for (int type = 0; type < ManyMethods.Types; type++)
            File.WriteAllText(Path.Combine(folder, name, FormattableString.Invariant($"Service{type}.cs")), ManyMethods.Source(type, isCached));
        string[] analyzers = isCached ? [typeof(CachedGenerator).Assembly.Location, typeof(DeclarationAnalyzer).Assembly.Location] : [];
        string response = Path.Combine(folder, name + ".rsp");
        File.WriteAllLines(
            response,
            [
                "/nostdlib", "/target:library", "/optimize+", "/langversion:latest", $"/out:\"{Path.Combine(folder, name + ".dll")}\"",
                .. References().Select(static path => $"/r:\"{path}\""),
                .. analyzers.Select(static path => $"/analyzer:\"{path}\""),
                $"\"{Path.Combine(folder, name, "*.cs")}\"",
            ]);
        return [Path.Combine(SdkFolder(), "Roslyn", "bincore", "csc.dll"), "/noconfig", "@" + response];
    }

    // Beside the framework that runs this.
    private static string SdkFolder()
    {
        string sdks = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk");
        return Directory.GetDirectories(sdks, "10.*").Order(StringComparer.Ordinal).Last();
    }

    private static async Task<double> CompileAsync(string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", ["exec", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The compiler ended with {process.ExitCode}: {output}"));
    }
}
