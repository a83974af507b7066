using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CachedAttr.Analyzers;
using CachedAttr.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Benchmarks;

/// <summary>
/// What the rules add to the compilation of 1,000 cached methods with 200 patterns that refers to three libraries of 300 cached methods each. Half of the keys begin
/// with the same hole, so that no two of them are told apart by how they begin.
/// </summary>
internal static class AnalyzerLoad
{
    private const int Types = 100;
    private const int MethodsOfAType = 10;
    private const int Patterns = 200;
    private const int Libraries = 3;
    private const int TypesOfALibrary = 30;
    private const int Rounds = 8;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static async Task<int> RunAsync()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("CachedAttr.", StringComparison.Ordinal)).Append(typeof(Cache).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToList();
        for (int i = 0; i < Libraries; i++)
            references.Add(Emit(Compile($"Library{i}", Source($"l{i}", TypesOfALibrary, patterns: 0), references)));

        var rules = typeof(DeclarationAnalyzer).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && typeof(SourceAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!).ToArray();
        string source = Source("a", Types, Patterns);
        double without = double.MaxValue, driver = double.MaxValue, with = double.MaxValue;
        int reported = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var (plain, _) = await TimeAsync(Compile("Many", source, references), []);
            var (driven, _) = await TimeAsync(Compile("Many", source, references), [new Idle()]);
            var (analyzed, found) = await TimeAsync(Compile("Many", source, references), rules);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: compiler {plain:F2} s, with a rule that does nothing {driven:F2} s, with all rules {analyzed:F2} s, {found.Count} reported"));
            (without, driver, with, reported) = (Math.Min(without, plain), Math.Min(driver, driven), Math.Min(with, analyzed), found.Count);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Types * MethodsOfAType} cached methods, {Patterns} patterns, {Libraries} manifests: the rules add {with - without:F2} s of processor time to the compiler's {without:F2} s; {driver - without:F2} s of it is the compiler's driver, which a rule that does nothing needs as well"));
        foreach (var (rule, time) in (await TimesAsync(Compile("Many", source, references), rules)).OrderByDescending(one => one.Time))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule}: {time.TotalSeconds:F2} s"));
        return reported == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyList<(string Rule, TimeSpan Time)>> TimesAsync(Compilation compilation, DiagnosticAnalyzer[] analyzers)
    {
        var analysis = compilation.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        var result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
        return [.. result.AnalyzerTelemetryInfo.Select(info => (info.Key.GetType().Name, info.Value.ExecutionTime))];
    }

    private static async Task<(double Seconds, IReadOnlyList<Diagnostic> Found)> TimeAsync(Compilation compilation, DiagnosticAnalyzer[] analyzers)
    {
        // The time of the processors: what others do on the machine meanwhile does not count.
        GC.Collect();
        var start = Environment.CpuUsage.TotalTime;
        var diagnostics = analyzers.Length == 0 ? compilation.GetDiagnostics() : await compilation.WithAnalyzers([.. analyzers]).GetAllDiagnosticsAsync();
        double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        return (seconds, [.. diagnostics.Where(diagnostic => diagnostic.Id.StartsWith("CATTR", StringComparison.Ordinal) || diagnostic.Id == "AD0001" || diagnostic.Severity == DiagnosticSeverity.Error)]);
    }

    private static Compilation Compile(string name, string source, IEnumerable<MetadataReference> references)
    {
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(source, ParseOptions, "Many.cs")], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create([new CachedGenerator().AsSourceGenerator()], parseOptions: ParseOptions).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return generated;
    }

    private static PortableExecutableReference Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success)
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Take(5)));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    private static string Source(string prefix, int types, int patterns)
    {
        var text = new StringBuilder($"using System.Threading.Tasks; using CachedAttr; namespace Many.{prefix};\n");
        for (int type = 0; type < types; type++)
        {
            text.Append(CultureInfo.InvariantCulture, $"public sealed partial class Service{type}(Cache cache)\n{{\n");
            for (int method = 0; method < MethodsOfAType; method++)
            {
                string key = method % 2 == 0 ? $"{prefix}{type}:m{method}:{{id}}:{{name}}" : $"{{name}}:{prefix}{type}-{{id}}:m{method}";
                text.Append(CultureInfo.InvariantCulture, $"[Cached(\"{key}\", Ttl = 600)] public partial Task<string> Get{method}Async(int id, string name);\n");
                text.Append(CultureInfo.InvariantCulture, $"private Task<string> Get{method}CoreAsync(int id, string name) => Load(id, name);\n");
            }

            for (int i = type; i < patterns; i += types)
            {
                string pattern = type % 2 == 0 ? $"{prefix}{type}:m*:{{id}}:*" : $"*:{prefix}{type}-{{id}}:m?";
                text.Append(CultureInfo.InvariantCulture, $"[InvalidateCache(\"{pattern}\")] public partial Task Drop{i}Async(int id);\n");
                text.Append(CultureInfo.InvariantCulture, $"private Task Drop{i}CoreAsync(int id) => Task.CompletedTask;\n");
            }

            text.Append("private Task<string> Load(int id, string name) => Task.FromResult(name + id);\n}\n");
        }

        return text.ToString();
    }

    /// <summary>Registered, and never called: what the compiler's driver costs.</summary>
#pragma warning disable RS1001 // not for a compiler to find
    private sealed class Idle : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("IDLE", "Idle", "Idle", "Idle", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(static _ => { }, SymbolKind.Namespace);
        }
    }
#pragma warning restore RS1001
}
