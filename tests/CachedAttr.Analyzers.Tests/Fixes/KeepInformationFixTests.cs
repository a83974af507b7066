using CachedAttr.Analyzers.Keys;
using CachedAttr.CodeFixes.Keys;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>Values that are written alike are told apart again.</summary>
public sealed class KeepInformationFixTests
{
    private static readonly VerifyFix<KeyTemplateAnalyzer, KeepInformationFix> Fix = new("CATTR024");

    [Theory]
    [InlineData("\"report:{day:yyyy-MM}:{id}\"", "\"report:{day}:{id}\"")]
    [InlineData("@\"report:{day:yyyy-MM}:{id}\"", "@\"report:{day}:{id}\"")]
    [InlineData("\"\"\"report:{day:yyyy-MM}:{id}\"\"\"", "\"\"\"report:{day}:{id}\"\"\"")]
    [InlineData("$\"report:{nameof(id)}:{{day}}:{{id}}\"", "$\"report:{{id}}:{{day}}:{{id}}\"")]
    [InlineData("$@\"report:{nameof(id)}:{{day}}:{{id}}\"", "$@\"report:{{id}}:{{day}}:{{id}}\"")]
    public Task The_value_is_written_whole(string before, string after) => Fix.BecomesAsync(Service(before), Service(after));

    [Fact]
    public Task All_of_a_document_at_once() => Fix.AllBecomeAsync(Service("\"report:{day:yyyy}:{id:0}:{amount:0.0}\""), Service("\"report:{day}:{id:0}:{amount}\""));

    [Theory]
    [InlineData("$\"{id}{page}\"", "$\"{id}:{page}\"")]
    [InlineData("$@\"{id}:{page}{id + 1}\"", "$@\"{id}:{page}:{id + 1}\"")]
    [InlineData("$\"\"\"{id}{page}\"\"\"", "$\"\"\"{id}:{page}\"\"\"")]
    public Task What_a_builder_runs_together_is_separated(string before, string after) => Fix.BecomesAsync(Built(before), Built(after));

    [Fact]
    public Task All_that_a_builder_runs_together() => Fix.AllBecomeAsync(Built("$\"{id}{page}{id}\""), Built("$\"{id}:{page}:{id}\""));

    private static string Built(string key) =>
        "public partial class Service { [Cached(\"x\", Ttl = 60, KeyBuilder = nameof(Key))] public partial int Get(int id, int page); static int GetCore(int id, int page) => 0; static string Key(int id, int page) => " + key + "; }";

    private static string Service(string template) =>
        "public partial class Service\n{\n    [Cached(" + template + ", Ttl = 60)]\n    public partial int Get(int id, DateOnly day, [CacheKeyIgnore] double amount);\n\n"
        + "    private static int GetCore(int id, DateOnly day, double amount) => 0;\n}\n";
}
