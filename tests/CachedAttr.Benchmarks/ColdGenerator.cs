using System.Diagnostics;
using System.Globalization;
using System.Text;
using CachedAttr.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CachedAttr.Benchmarks;

/// <summary>
/// How long the generator takes for 1,000 cached methods in a process that has compiled nothing yet: the compiler's own start included, which is most of it.
/// Not a BenchmarkDotNet benchmark, because a second iteration would not be cold. Run it several times.
/// </summary>
internal static class ColdGenerator
{
    private const int Types = 100;
    private const int MethodsOfAType = 10;

    public static int Run()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "Many", [CSharpSyntaxTree.ParseText(Source(), options)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        long start = Stopwatch.GetTimestamp();
        var driver = CSharpGeneratorDriver.Create([new CachedGenerator().AsSourceGenerator()], parseOptions: options).RunGenerators(compilation);
        var time = Stopwatch.GetElapsedTime(start);

        var result = driver.GetRunResult();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Types * MethodsOfAType} cached methods, {result.GeneratedTrees.Length} files, generated in {time.TotalSeconds:F2} s from cold"));
        return result.GeneratedTrees.Length == Types + 1 ? 0 : 1;
    }

    private static string Source()
    {
        var text = new StringBuilder("using System.Threading.Tasks; using CachedAttr; namespace Many;\n");
        for (int type = 0; type < Types; type++)
        {
            text.Append(CultureInfo.InvariantCulture, $"public sealed partial class Service{type}(Cache cache)\n{{\n");
            for (int method = 0; method < MethodsOfAType; method++)
            {
                text.Append(CultureInfo.InvariantCulture, $"[Cached(\"s{type}:m{method}:{{id}}:{{name}}\", Ttl = 600)] public partial Task<string> Get{method}Async(int id, string name);\n");
                text.Append(CultureInfo.InvariantCulture, $"private Task<string> Get{method}CoreAsync(int id, string name) => Task.FromResult(name);\n");
            }

            text.Append("}\n");
        }

        return text.ToString();
    }
}
