using CachedAttr.CodeFixes.Keys;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>A template's hole gets the name that was meant.</summary>
public sealed class CorrectTemplateFixTests
{
    private static readonly VerifyFix<DeclarationAnalyzer, CorrectTemplateFix> Fix = new("CATTR020");

    [Theory]
    [InlineData("\"list:{ownr}:{page}\"", "\"list:{owner}:{page}\"")]
    [InlineData("\"list:{Owner}:{page}\"", "\"list:{owner}:{page}\"")]
    [InlineData("\"list:{owenr}:{page}\"", "\"list:{owner}:{page}\"")]
    [InlineData("\"list:{owner}:{number}\"", "\"list:{owner}:{page}\"")] // the only one that is missing
    [InlineData("\"list:{owner}:{page}:{day:yyyy}\"", "\"list:{owner}:{page}:{_day:yyyy}\"")]
    [InlineData("\"list:{owner}:{page}:{_day.Yaer}\"", "\"list:{owner}:{page}:{_day.Year}\"")]
    [InlineData("\"list:{owner}:{page}:{_dya.Year}\"", "\"list:{owner}:{page}:{_day.Year}\"")]
    [InlineData("\"li\\u0073t\\u003A{ownr}:{page}\"", "\"li\\u0073t\\u003A{owner}:{page}\"")]
    [InlineData("@\"list:{ownr}:{page}\"", "@\"list:{owner}:{page}\"")]
    [InlineData("\"\"\"list:{ownr}:{page}\"\"\"", "\"\"\"list:{owner}:{page}\"\"\"")]
    [InlineData("\"\"\"\n        list:{ownr}:{page}\n        \"\"\"", "\"\"\"\n        list:{owner}:{page}\n        \"\"\"")]
    [InlineData("$\"{nameof(Service)}:{{ownr}}:{{page}}\"", "$\"{nameof(Service)}:{{owner}}:{{page}}\"")]
    [InlineData("\"list:\" + \"{ownr}:\" + \"{page}\" /* sum */", "\"list:\" + \"{owner}:\" + \"{page}\" /* sum */")]
    [InlineData("\"list:{owner}{page}\"", "\"list:{owner}:{page}\"")]
    [InlineData("\"list:{owner}s:{page}\"", "\"list:{owner}:s:{page}\"")]
    [InlineData("@\"list:{owner}{page}\"", "@\"list:{owner}:{page}\"")]
    public Task A_template_is_corrected(string before, string after) => Fix.BecomesAsync(Service(before), Service(after));

    [Theory]
    [InlineData("\"x\", \"server:{ids}:*\"", "\"x\", \"server:{id}:*\"")]
    [InlineData("\"server:{reslt.Length}\"", "\"server:{result.Length}\"")]
    [InlineData("\"server:{result.Lenght}\"", "\"server:{result.Length}\"")]
    [InlineData("new[] { \"x\", \"server:{idd}\" }", "new[] { \"x\", \"server:{id}\" }")]
    [InlineData("Tags = [\"all\", \"tag:{reslt.Length}\"]", "Tags = [\"all\", \"tag:{result.Length}\"]")]
    public Task A_pattern_is_corrected(string before, string after) => Fix.BecomesAsync(Invalidating(before), Invalidating(after));

    [Fact]
    public Task All_of_a_document_at_once() => Fix.AllBecomeAsync(
        "public partial class S { [Cached(\"s:{idd}:{pge}\", Ttl = 60)] public partial int Get(int id, int page); int GetCore(int id, int page) => 0; "
        + "[InvalidateCache(\"s:{ids}:*\", \"t:{idd}\"), InvalidateCache(\"u:{idx}\")] public partial void Drop(int id); void DropCore(int id) { } }",
        "public partial class S { [Cached(\"s:{id}:{page}\", Ttl = 60)] public partial int Get(int id, int page); int GetCore(int id, int page) => 0; "
        + "[InvalidateCache(\"s:{id}:*\", \"t:{id}\"), InvalidateCache(\"u:{id}\")] public partial void Drop(int id); void DropCore(int id) { } }");

    [Theory]
    [InlineData("\"list:{owner}:{page}:{nothing}\"")]
    [InlineData("\"list:{ownr}:{page\"")]
    [InlineData("\"list:{owner}}:{page}\"")]
    [InlineData("\"list:{owner+1}:{page}\"")]
    [InlineData("\"list:{o\\u0077nr}:{page}\"")]
    [InlineData("Key")] // written elsewhere, maybe for others
    public Task What_is_not_clear_is_left_alone(string template) => Fix.IsNotOfferedAsync(Service(template));

    [Fact]
    public Task The_tags_of_a_key_are_of_its_result() => Fix.BecomesAsync(
        "public partial class S { [Cached(\"s\", Ttl = 60, Tags = [\"t:{reslt.Length}\"])] public partial string Get(int id); string GetCore(int id) => \"\"; }",
        "public partial class S { [Cached(\"s\", Ttl = 60, Tags = [\"t:{result.Length}\"])] public partial string Get(int id); string GetCore(int id) => \"\"; }");

    [Fact]
    public Task So_is_what_is_put() => Fix.BecomesAsync(
        "public partial class S { [CachePut(\"s:{reslt.Length}\", Ttl = 60)] public partial string Set(int id); string SetCore(int id) => \"\"; }",
        "public partial class S { [CachePut(\"s:{result.Length}\", Ttl = 60)] public partial string Set(int id); string SetCore(int id) => \"\"; }");

    [Fact]
    public Task All_of_one_array_at_once() => Fix.AllBecomeAsync(
        Invalidating("\"x:{idd}:{idd}\", Tags = [\"a:{idd}\", \"b:{idd}\"]"), Invalidating("\"x:{id}:{id}\", Tags = [\"a:{id}\", \"b:{id}\"]"));

    [Fact]
    public async Task Each_hole_is_offered_its_own_correction() => Assert.Equal(
        ["Write '{owner}' instead of '{ownr}'"], await Fix.TitlesAsync(Service("\"list:{ownr}:{pgae}\"")));

    [Fact]
    public Task Two_that_are_as_near_are_not_clear() => Fix.IsNotOfferedAsync(
        "public partial class S { [Cached(\"s:{page}\", Ttl = 60)] public partial int Get(int page1, int page2); int GetCore(int page1, int page2) => 0; }");

    private static string Service(string template) =>
        "public partial class Service\n{\n    public const string Key = \"list:{ownr}:{page}\";\n    public DateOnly _day;\n\n    [Cached(" + template
        + ", Ttl = 60)]\n    public partial string? Get(string owner, int page);\n\n    private static string? GetCore(string owner, int page) => null;\n}\n";

    private static string Invalidating(string patterns) =>
        "public partial class Service\n{\n    [InvalidateCache(" + patterns + ")]\n    public partial string Update(int id);\n\n    private static string UpdateCore(int id) => \"\";\n}\n";
}
