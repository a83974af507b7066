using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests;

/// <summary>What the parsers find is reported where it stands, and nothing else is.</summary>
public sealed class DeclarationAnalyzerTests
{
    [Theory]
    [InlineData("CATTR001", "[[|Cached|]] public partial int Get(); int GetCore() => 0;")]
    [InlineData("CATTR001", "[[|Cached(\"server\", Ttl = double.PositiveInfinity)|]] public partial int Get(); int GetCore() => 0;")]
    [InlineData("CATTR003", "[Cached(Ttl = [|60 * -1|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("CATTR003", "[Cached(Ttl = 60, NullTtl = [|-0.5|])] public partial string? Get(); string? GetCore() => null;")]
    [InlineData("CATTR010", "[Cached(Ttl = 60)] public int [|Get|](int id) => id;")]
    [InlineData("CATTR010", "[InvalidateCache(\"x\")] public void [|Drop|]() { }")]
    [InlineData("CATTR012", "[Cached(Ttl = 60)] public partial int [|Get|](int id); int GetCore(long id) => 0;")]
    [InlineData("CATTR012", "[InvalidateCache(\"x\")] public partial void [|Drop|]();")]
    [InlineData("CATTR013", "[Cached(Ttl = 60)] public partial Stream [|Get|](); Stream GetCore() => null!;")]
    [InlineData("CATTR013", "[Cached(Ttl = 60)] public partial void [|Get|](); void GetCore() { }")]
    [InlineData("CATTR014", "[Cached(Ttl = 60)] public partial int Get(ref int [|id|]); int GetCore(ref int id) => 0;")]
    [InlineData("CATTR015", "[Cached(Ttl = 60, When = [|\"No\"|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("CATTR015", "[Cached(Ttl = 60, Unless = [|nameof(No)|])] public partial int Get(); int GetCore() => 0; bool No() => true;")]
    [InlineData("CATTR017", "[Cached(Ttl = 60), InvalidateCache(\"x\")] public partial int [|Get|](); int GetCore() => 0;")]
    [InlineData("CATTR020", "[Cached(\"server:[|{nothing}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("CATTR020", "[Cached(\"a\\u003Ab\\t[|{nothing}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;", true)]
    [InlineData("CATTR020", "[Cached(@\"server:[|{nothing}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("CATTR020", "[Cached(\"\"\"server:[|{nothing}|]\"\"\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("CATTR020", "const string Key = \"server:[|{nothing}|]\"; [Cached(Key, Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("CATTR020", "[InvalidateCache(\"fine:*\", \"server:[|{nothing}|]:*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("CATTR021", "[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id, int [|page|]); int GetCore(int id, int page) => 0;")]
    [InlineData("CATTR021", "[Cached(\"list:{owner}\", Ttl = 60)] public partial int Get(string owner, string [|filter|], CancellationToken ct); int GetCore(string owner, string filter, CancellationToken ct) => 0;")]
    [InlineData("CATTR022", "[Cached(\"server:[|{act}|]\", Ttl = 60)] public partial int Get(Action act); int GetCore(Action act) => 0;")]
    [InlineData("CATTR040", "[Cached(Ttl = 60)] public partial Lazy<int> [|Get|](); Lazy<int> GetCore() => null!;")]
    public async Task It_is_marked_where_it_stands(string rule, string members, bool isSkippedByEscapes = false)
    {
        // A tab is no part of a key, so the one with escapes has two problems: what counts here is where they are.
        if (isSkippedByEscapes)
            members = members.Replace("\\t", "", StringComparison.Ordinal);
        await Verify.ReportsAsync<DeclarationAnalyzer>(rule, "public partial class Service { " + members + " }");
    }

    [Fact]
    public async Task A_type_around_it_has_to_be_partial() =>
        await Verify.ReportsAsync<DeclarationAnalyzer>("CATTR011", "public class Service { [Cached(Ttl = 60)] public partial int [|Get|](); int GetCore() => 0; }");

    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 600)] public partial Task<string?> GetAsync(int id, CancellationToken ct = default); Task<string?> GetCoreAsync(int id, CancellationToken ct) => null!;")]
    [InlineData("[Cached(Policy = \"short\")] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(\"list\", Ttl = 60 * 60, NullTtl = 0)] public partial string? Get(int page, [CacheKeyIgnore] string trace); string? GetCore(int page, string trace) => null;")]
    [InlineData("[InvalidateCache(\"server:{id}\"), InvalidateCache(\"list:*\", On = InvalidateOn.Always)] public partial Task DropAsync(int id); Task DropCoreAsync(int id) => null!;")]
    [InlineData("[Obsolete] public void Nothing() { }")]
    public async Task What_is_fine_is_not_reported(string members) =>
        Assert.Empty(await Verify.DiagnosticsAsync(SourceProject.Of("public partial class Service { " + members + " }"), new DeclarationAnalyzer()));

    [Fact]
    public async Task A_pragma_silences_it() => Assert.Empty(await Verify.DiagnosticsAsync(
        SourceProject.Of("#pragma warning disable CATTR001\npublic partial class Service { [Cached] public partial int Get(); int GetCore() => 0; }"), new DeclarationAnalyzer()));

    [Fact]
    public async Task The_message_names_the_way_out()
    {
        var reported = await Verify.ReportsAsync<DeclarationAnalyzer>(
            "CATTR021", "public partial class Service { [Cached(\"s:{id}\", Ttl = 60)] public partial int Get(int id, int [|page|]); int GetCore(int id, int page) => 0; }");
        Assert.Equal(
            "'page' is not in the key, so calls that differ in it share one value: add {page} to the template, or mark it [CacheKeyIgnore]",
            Assert.Single(reported).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_throws_nothing()
    {
        const string Source = "public partial class Service(Cache cache) { [Cached(\"server:{id}:{page}\", Ttl = 60, When = nameof(Is))] public partial Task<string?> GetAsync(int id, int page); "
            + "Task<string?> GetCoreAsync(int id, int page) => null!; bool Is(int id) => true; [InvalidateCache(\"server:{id}:*\", Method = nameof(GetAsync))] public partial void Drop(int id); void DropCore(int id) { } }";
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            int at = random.Next(Source.Length), length = Math.Min(random.Next(1, 12), Source.Length - at);
            string broken = random.Next(3) switch
            {
                0 => Source.Remove(at, length),
                1 => Source[..at],
                _ => Source.Remove(at, length).Insert(random.Next(Source.Length - length), Source.Substring(at, length)),
            };
            await Verify.DiagnosticsAsync(SourceProject.Of(broken), new DeclarationAnalyzer());
        }
    }

    [Fact]
    public void Every_rule_of_the_parsers_has_a_descriptor_and_a_link()
    {
        var supported = ((DiagnosticAnalyzer)new DeclarationAnalyzer()).SupportedDiagnostics;
        var ids = typeof(CachedAttr.Generators.Parsing.RuleIds).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(ids.Append("CATTR001").Order(StringComparer.Ordinal), supported.Select(rule => rule.Id).Order(StringComparer.Ordinal));
        Assert.All(supported, rule => Assert.Equal($"docs/rules/{rule.Id}.md", rule.HelpLinkUri));
    }
}
