using CachedAttr.CodeFixes.Keys;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>A parameter that is not in the key is put into it, or left out on purpose.</summary>
public sealed class AddToKeyFixTests
{
    private static readonly VerifyFix<DeclarationAnalyzer, AddToKeyFix> Fix = new("CATTR021");

    [Theory]
    [InlineData("\"list:{id}\"", "\"list:{id}:{page}\"")]
    [InlineData("\"list:{id}/\"", "\"list:{id}/{page}\"")]
    [InlineData("\"list:{id}-x\"", "\"list:{id}-x:{page}\"")]
    [InlineData("key: \"list:{id}\"", "key: \"list:{id}:{page}\"")]
    [InlineData("\"li\\u0073t:{id}\\u002D\"", "\"li\\u0073t:{id}\\u002D{page}\"")]
    [InlineData("@\"list:{id}\"", "@\"list:{id}:{page}\"")]
    [InlineData("\"\"\"list:{id}\"\"\"", "\"\"\"list:{id}:{page}\"\"\"")]
    [InlineData("\"\"\"\"list:{id}\"\"\"\" /* raw */", "\"\"\"\"list:{id}:{page}\"\"\"\" /* raw */")]
    [InlineData("\"\"\"\n        list:{id}\n        \"\"\"", "\"\"\"\n        list:{id}:{page}\n        \"\"\"")]
    [InlineData("\"\"\"\r\n        list:{id}\r\n        \"\"\"", "\"\"\"\r\n        list:{id}:{page}\r\n        \"\"\"")]
    [InlineData("$\"{nameof(Service)}:{{id}}\"", "$\"{nameof(Service)}:{{id}}:{{page}}\"")]
    [InlineData("$@\"{nameof(Service)}:{{id}}\"", "$@\"{nameof(Service)}:{{id}}:{{page}}\"")]
    [InlineData("$$\"\"\"{{nameof(Service)}}:{id}\"\"\"", "$$\"\"\"{{nameof(Service)}}:{id}:{page}\"\"\"")]
    [InlineData("$$\"\"\"\n        {{nameof(Service)}}:{id}\n        \"\"\"", "$$\"\"\"\n        {{nameof(Service)}}:{id}:{page}\n        \"\"\"")]
    [InlineData("$\"\"\"{Key}\"\"\"", "$\"\"\"{Key}\"\"\" + \":{page}\"")]
    [InlineData("Key", "Key + \":{page}\"")]
    [InlineData("Service.Key", "Service.Key + \":{page}\"")]
    [InlineData("Key + Slash", "Key + Slash + \"{page}\"")]
    [InlineData("nameof(Service) + \":{id}\"", "nameof(Service) + \":{id}:{page}\"")]
    [InlineData("\"list:\" + \"{id}\" + \"\"", "\"list:\" + \"{id}\" + \":{page}\"")]
    [InlineData("true ? Key : \"\"", "(true ? Key : \"\") + \":{page}\"")]
    public Task It_is_added_to_the_template(string before, string after) =>
        Fix.BecomesAsync(Service(before, "int id, int page = 0"), Service(after, "int id, int page = 0"));

    [Fact]
    public Task A_name_that_is_a_keyword_is_written_as_it_is() =>
        Fix.BecomesAsync(Service("\"list:{id}\"", "int id, int @class"), Service("\"list:{id}:{class}\"", "int id, int @class"));

    [Theory]
    [InlineData("int id, int page", "int id, [CacheKeyIgnore] int page")]
    [InlineData("int id, [System.ComponentModel.Description(\"x\")] int page", "int id, [System.ComponentModel.Description(\"x\")][CacheKeyIgnore] int page")]
    [InlineData("int id,\n        // Where to begin.\n        int page = 1", "int id,\n        // Where to begin.\n        [CacheKeyIgnore] int page = 1")]
    public Task It_is_left_out_on_purpose(string before, string after) =>
        Fix.BecomesAsync(Service("\"list:{id}\"", before), Service("\"list:{id}\"", after), choice: 1);

    [Fact]
    public Task Without_a_using_the_attribute_is_written_in_full() => Fix.BecomesAsync(
        "namespace CachedAttr.Shop { public partial class Service { [Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id, int page); int GetCore(int id, int page) => 0; } class CacheKeyIgnoreAttribute; }",
        "namespace CachedAttr.Shop { public partial class Service { [Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id, [CachedAttr.CacheKeyIgnore] int page); int GetCore(int id, int page) => 0; } class CacheKeyIgnoreAttribute; }",
        choice: 1);

    [Fact]
    public Task What_has_no_form_in_a_key_can_only_be_left_out() => Fix.BecomesAsync(
        Service("\"list:{id}\"", "int id, Action page"), Service("\"list:{id}\"", "int id, [CacheKeyIgnore] Action page"));

    [Fact]
    public Task Beside_a_key_builder_it_can_only_be_left_out() => Fix.BecomesAsync(
        "public partial class S { [Cached(\"s\", Ttl = 60, KeyBuilder = nameof(Key))] public partial int Get(int id, int page); int GetCore(int id, int page) => 0; static string Key(int id) => \"\"; }",
        "public partial class S { [Cached(\"s\", Ttl = 60, KeyBuilder = nameof(Key))] public partial int Get(int id, [CacheKeyIgnore] int page); int GetCore(int id, int page) => 0; static string Key(int id) => \"\"; }");

    [Fact]
    public Task All_are_added_in_their_order() => Fix.AllBecomeAsync(
        "public partial class S { [Cached(\"s:{id}-\", Ttl = 60)] public partial int Get(int a, int id, string? b, int c); int GetCore(int a, int id, string? b, int c) => 0; "
        + "const string K = \"k:{x}\"; [Cached(K, Ttl = 60)] public partial int Find(int x, int y, int z); int FindCore(int x, int y, int z) => 0; }",
        "public partial class S { [Cached(\"s:{id}-{a}:{b}:{c}\", Ttl = 60)] public partial int Get(int a, int id, string? b, int c); int GetCore(int a, int id, string? b, int c) => 0; "
        + "const string K = \"k:{x}\"; [Cached(K + \":{y}:{z}\", Ttl = 60)] public partial int Find(int x, int y, int z); int FindCore(int x, int y, int z) => 0; }");

    [Fact]
    public Task All_are_left_out() => Fix.AllBecomeAsync(
        Service("\"list:{id}\"", "int id, int a, int b"), Service("\"list:{id}\"", "int id, [CacheKeyIgnore] int a, [CacheKeyIgnore] int b"), choice: 1);

    private static string Service(string template, string parameters)
    {
        string core = string.Join(", ", parameters.Split(',').Select(parameter => string.Join(" ", parameter.Split('=')[0].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[^2..])));
        return "public partial class Service\n{\n    public const string Key = \"list:{id}\", Slash = \"/\";\n\n    [Cached(" + template + ", Ttl = 60)]\n    public partial string? Get(" + parameters
            + ");\n\n    private static string? GetCore(" + core + ") => null;\n}\n";
    }
}
