using CachedAttr.Analyzers.Suppressors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Suppressors;

/// <summary>What other analyzers wrongly say is taken back, what they rightly say stays. They are stood in for by one that reports where they have been seen to.</summary>
public sealed class StyleSuppressorTests
{
    private const string Fine = "[Cached(\"x:{id}\", Ttl = 60)] public partial IReadOnlyList<int> Get(int id, CancellationToken ct); ";
    private const string Wrong = "[Cached(\"x:{idd}\", Ttl = 60)] public partial IReadOnlyList<int> Get(int id, CancellationToken ct); ";
    private const string Named = "[Cached(\"x\", Ttl = 60, When = nameof(IsOn), Unless = nameof(IsEmpty), KeyBuilder = nameof(Key), Loader = nameof(Load))] public partial IReadOnlyList<int> Get(int id); "
        + "IReadOnlyList<int> Load(int id) => []; ";

    [Theory]
    [InlineData("IDE0051", Wrong + "IReadOnlyList<int> [|GetCore|](int id, CancellationToken ct) => [];")]
    [InlineData("IDE0051", "[InvalidateCache(\"x:{idd}\")] partial void Drop(int id); void [|DropCore|](int id) { }")]
    [InlineData("IDE0051", "[CachePut(\"x:{idd}\", Ttl = 60)] public partial int Put(int id); int [|PutCore|](int id) => id;")]
    [InlineData("IDE0051", Named + "bool [|IsOn|]() => true;")]
    [InlineData("IDE0051", Named + "bool [|IsEmpty|](IReadOnlyList<int> result) => true;")]
    [InlineData("IDE0051", Named + "string [|Key|](int id) => \"\";")]
    [InlineData("IDE0051", "[Cached(Ttl = 60, Loader = nameof(Load))] public partial int Get(int id); int [|Load|](int id) => 0;")]
    [InlineData("S1144", Wrong + "IReadOnlyList<int> [|GetCore|](int id, CancellationToken ct) => [];")]
    [InlineData("IDE0060", Fine + "IReadOnlyList<int> GetCore(int id, CancellationToken [|ct|]) => [];")]
    [InlineData("RCS1163", Fine + "IReadOnlyList<int> GetCore([|int id|], CancellationToken ct) => [];")]
    [InlineData("S1172", Fine + "IReadOnlyList<int> GetCore(int id, [|CancellationToken ct|]) => [];")]
    [InlineData("IDE0060", "[Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int [|id|], CacheEntryContext<int> entry) => 0;")]
    [InlineData("IDE0060", Named + "bool IsEmpty(IReadOnlyList<int> [|result|]) => true;")]
    [InlineData("IDE0060", "[InvalidateCache(\"x:{idd}\")] partial void Drop(int [|id|]); void DropCore(int id) { }")]
    [InlineData("CA1859", Fine + "IReadOnlyList<int> [|GetCore|](int id, CancellationToken ct) => new List<int>();")]
    [InlineData("MA0038", "[Cached(Ttl = 60)] public partial int [|Get|](); int GetCore() => 0;")]
    [InlineData("CA1822", "[InvalidateCache(\"x:{idd}\")] partial void [|Drop|](int id); void DropCore(int id) { }")]
    [InlineData("IDE0052", Wrong + "private readonly Cache [|_cache|]; public Service(Cache cache) => _cache = cache;")]
    [InlineData("IDE0052", Wrong + "private Cache? [|Own|] { get; set; }")]
    public async Task What_is_wrong_is_taken_back(string rule, string members) =>
        Assert.All(await ReportAsync(rule, "public partial class Service { " + members + " }"), diagnostic => Assert.True(diagnostic.IsSuppressed));

    [Theory]
    [InlineData("IDE0051", Fine + "int [|GetCores|](int id, CancellationToken ct) => 0;")]
    [InlineData("IDE0051", Fine + "IReadOnlyList<int> [|GetCore|](int id) => [];")] // another overload
    [InlineData("IDE0051", "int Get() => 0; int [|GetCore|]() => 0;")]
    [InlineData("IDE0051", "[InvalidateCache(\"x\")] partial void [|Drop|](); void DropCore() { }")]
    [InlineData("IDE0060", "int GetCore(int [|id|]) => 0;")]
    [InlineData("IDE0060", "[Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id, CacheEntryContext<int> [|entry|]) => 0;")] // it may be left out
    [InlineData("IDE0060", Named + "bool IsOn(int [|id|]) => true;")] // it may take fewer
    [InlineData("IDE0060", Named + "bool IsEmpty(IReadOnlyList<int> result, int [|id|]) => true;")]
    [InlineData("CA1859", Fine + "IReadOnlyList<int> GetCore(int id, CancellationToken ct) { IReadOnlyList<int> [|list|] = new List<int>(); return list; }")]
    [InlineData("CA1859", Fine + "IReadOnlyList<int> GetCore(int id, CancellationToken ct) { return Make(); IReadOnlyList<int> [|Make|]() => new List<int>(); }")]
    [InlineData("CA1859", "IReadOnlyList<int> [|GetCore|]() => new List<int>();")]
    [InlineData("CA1822", Fine + "IReadOnlyList<int> [|GetCore|](int id, CancellationToken ct) => [];")] // it may be static
    [InlineData("MA0038", "int [|Get|]() => 0;")]
    [InlineData("IDE0052", "private readonly Cache [|_cache|]; public Service(Cache cache) => _cache = cache;")]
    [InlineData("IDE0052", Wrong + "private readonly int [|_count|]; public Service(int count) => _count = count;")]
    [InlineData("IDE9999", Wrong + "IReadOnlyList<int> [|GetCore|](int id, CancellationToken ct) => [];")]
    public async Task What_is_right_stays(string rule, string members) =>
        Assert.All(await ReportAsync(rule, "public partial class Service { " + members + " }"), diagnostic => Assert.False(diagnostic.IsSuppressed));

    [Theory]
    [InlineData("RCS1043", "public [|partial|] class Service { " + Wrong + " }", true)]
    [InlineData("RCS1043", "public [|partial|] class Service { }", false)]
    [InlineData("CS9113", "public partial class Service(Cache [|cache|]) { " + Wrong + " }", true)]
    [InlineData("CS9113", "public partial class Service(Cache [|cache|]) { }", false)]
    [InlineData("CS9113", "public partial class Service(string [|name|]) { " + Wrong + " }", false)]
    [InlineData("CS9107", "public partial class Service(Cache cache) : Root([|cache|]) { " + Fine + "IReadOnlyList<int> GetCore(int id, CancellationToken ct) => []; } public class Root(Cache cache) { public bool IsOn => cache.Enabled; }", true)]
    [InlineData("CS9107", "public class Service(Cache cache) : Root([|cache|]) { public bool IsOff => !cache.Enabled; } public class Root(Cache cache) { public bool IsOn => cache.Enabled; }", false)]
    public async Task So_it_is_with_types_and_their_parameters(string rule, string source, bool isSuppressed) =>
        Assert.All(await ReportAsync(rule, source), diagnostic => Assert.Equal(isSuppressed, diagnostic.IsSuppressed));

    private static async Task<IReadOnlyList<Diagnostic>> ReportAsync(string rule, string marked)
    {
        var source = MarkedSource.Parse(marked);
        var compilation = SourceProject.Of(source.Text).Generate().Compilation;
        DiagnosticAnalyzer[] analyzers = rule.StartsWith("CS", StringComparison.Ordinal) ? [new StyleSuppressor()] : [new StyleSuppressor(), new StandIn(rule, source)];
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var all = await compilation.WithAnalyzers([.. analyzers], options).GetAllDiagnosticsAsync();
        Assert.DoesNotContain(all, diagnostic => diagnostic.Id == "AD0001");
        var found = all.Where(diagnostic => diagnostic.Id == rule).ToList();
        Assert.Equal(source.Spans, found.Select(diagnostic => diagnostic.Location.SourceSpan));
        return found;
    }
}
