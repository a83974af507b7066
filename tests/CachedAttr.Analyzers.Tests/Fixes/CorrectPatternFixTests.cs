using CachedAttr.Analyzers.Invalidation;
using CachedAttr.CodeFixes.Invalidation;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>A pattern that matches nothing becomes the template that was meant.</summary>
public sealed class CorrectPatternFixTests
{
    private static readonly VerifyFix<InvalidationPatternAnalyzer, CorrectPatternFix> Fix = new("CATTR030");

    [Theory]
    [InlineData("\"server:{id}:tool\"", "\"server:{id}:tools\"")]
    [InlineData("\"servers:{id}:tools\"", "\"server:{id}:tools\"")]
    [InlineData("\"sever:{id}\"", "\"server:{id}\"")]
    [InlineData("\"s\\u0065ver:{id}\"", "\"server:{id}\"")]
    [InlineData("@\"sever:{id}\"", "@\"server:{id}\"")]
    [InlineData("\"\"\"sever:{id}\"\"\"", "\"\"\"server:{id}\"\"\"")]
    [InlineData("\"list:x\", \"sever:{id}\" /* gone */", "\"list:x\", \"server:{id}\" /* gone */")]
    public Task It_is_corrected(string before, string after) => Fix.BecomesAsync(Service(before), Service(after));

    [Fact]
    public Task What_the_method_cannot_fill_is_any_value() => Fix.BecomesAsync(
        "public partial class S { [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [InvalidateCache(\"server:*:tool\")] public partial void Drop(); void DropCore() { } }",
        "public partial class S { [Cached(\"server:{id}:tools\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [InvalidateCache(\"server:*:tools\")] public partial void Drop(); void DropCore() { } }");

    [Fact]
    public Task All_of_a_document_at_once() => Fix.AllBecomeAsync(
        Service("\"sever:{id}\", \"server:{id}:tool\")]\n    [InvalidateCache(\"lst:*\""), Service("\"server:{id}\", \"server:{id}:tools\")]\n    [InvalidateCache(\"list:*\""));

    [Fact]
    public Task A_tag_is_corrected() => Fix.BecomesAsync(Tagged("team:{id}", "tem:{id}"), Tagged("team:{id}", "team:{id}"));

    [Fact]
    public Task A_tag_is_exact() => Fix.IsNotOfferedAsync(Tagged("team:{result.Length}:all", "team:all"));

    [Theory]
    [InlineData("\"orders:of:nobody:{id}:at-all:ever\"")] // nothing is near
    [InlineData("Pattern")] // written elsewhere, maybe for others
    public Task What_is_not_clear_is_left_alone(string pattern) => Fix.IsNotOfferedAsync(Service(pattern));

    private static string Tagged(string carried, string dropped) =>
        "public partial class S { [Cached(\"s:{id}\", Ttl = 60, Tags = [\"" + carried + "\"])] public partial string Get(int id); string GetCore(int id) => \"\"; [InvalidateCache(Tags = [\"" + dropped
        + "\"])] public partial void Drop(int id); void DropCore(int id) { } }";

    private static string Service(string patterns) =>
        "public partial class Service\n{\n    private const string Pattern = \"sever:*\";\n\n    [Cached(\"server:{id}\", Ttl = 60)]\n    public partial string Get(int id);\n\n    [Cached(\"server:{id}:tools\", Ttl = 60)]\n"
        + "    public partial string Tools(int id);\n\n    [Cached(\"list:{page}\", Ttl = 60)]\n    public partial string List(string page);\n\n    [InvalidateCache(" + patterns
        + ")]\n    public partial void Drop(int id);\n\n    private static string GetCore(int id) => Pattern;\n\n    private static string ToolsCore(int id) => \"\";\n\n    private static string ListCore(string page) => \"\";\n\n    private static void DropCore(int id)\n    {\n    }\n}\n";
}
