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

    private static string Service(string template) =>
        "public partial class Service\n{\n    [Cached(" + template + ", Ttl = 60)]\n    public partial int Get(int id, DateOnly day, [CacheKeyIgnore] double amount);\n\n"
        + "    private static int GetCore(int id, DateOnly day, double amount) => 0;\n}\n";
}
