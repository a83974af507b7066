using RoslynHarness;

namespace CachedAttr.Generators.Tests.Parsing;

/// <summary>Attributes with values that no one should write: what has a meaning works, the rest generates nothing, and the generator never throws.</summary>
public sealed class OddAttributeTests
{
    [Theory]
    [InlineData("Cached(null)")]
    [InlineData("Cached(Loader = null)")]
    [InlineData("Cached(When = null, Unless = null, KeyBuilder = null, Policy = null)")]
    [InlineData("InvalidateCache")]
    [InlineData("InvalidateCache()")]
    [InlineData("InvalidateCache(Method = null)")]
    [InlineData("Cached(\"\\ud83d\\ude00{id}\")")]
    [InlineData("InvalidateCache(null!)")]
    [InlineData("InvalidateCache((string[])null!)")]
    public void What_says_nothing_changes_nothing(string attribute)
    {
        var generated = Generate(attribute);
        Assert.Null(generated.Exception);
        Assert.Empty(generated.Problems);
        Assert.NotEmpty(generated.Files);
    }

    [Theory]
    [InlineData("Cached(\"\")")]
    [InlineData("Cached(LocalCapacity = -1)")]
    [InlineData("Cached(Ttl = double.NegativeInfinity)")]
    [InlineData("Cached(Loader = \"\", When = \"\")")]
    [InlineData("Cached(Loader = \"a b<\")")]
    [InlineData("Cached(\"{\")")]
    [InlineData("Cached(\"{id:{0}}\")")]
    [InlineData("Cached(\"\\ud800{id}\")")]
    [InlineData("Cached(\"{id}:\\udc00\\ud83d\")")]
    [InlineData("Cached(\"{id.}\")")]
    [InlineData("Cached(\"{id.Length.GetType()}\")")]
    [InlineData("Cached(\"{id}\\u0000\")")]
    [InlineData("InvalidateCache(\"x\", null!)")]
    [InlineData("InvalidateCache(\"\")")]
    [InlineData("InvalidateCache(Method = \"\")")]
    [InlineData("InvalidateCache(Method = \"Get\")")]
    [InlineData("InvalidateCache(\"x\", When = \"Get\")")]
    [InlineData("Cached(Tiers = (CacheTiers)77)")]
    [InlineData("InvalidateCache(\"x\", On = (InvalidateOn)77)")]
    public void What_is_wrong_gets_a_body_that_only_throws(string attribute) => AssertRefused(Generate(attribute));

    [Fact]
    public void A_type_that_nests_itself_without_end_has_no_key()
    {
        var generated = SourceProject.Of("""
            public sealed record Nested<T>(T Value, Nested<Nested<T>>? Next);

            public sealed partial class Service(Cache cache)
            {
                [Cached("item:{item}", Ttl = 60)]
                public partial int Get(Nested<int> item);

                private int GetCore(Nested<int> item) => 0;
            }
            """).Generate();
        AssertRefused(generated);
    }

    /// <summary>With a body, because an error in a declaration would keep the rules from being heard; and with nothing else, the manifest included.</summary>
    private static void AssertRefused(GeneratedProject generated)
    {
        Assert.Null(generated.Exception);
        var (name, text) = Assert.Single(generated.Files);
        Assert.Equal("Service.g.cs", name);
        Assert.Contains("throw new global::System.NotSupportedException(\"'Service.Get' has no generated body", text, StringComparison.Ordinal);
        Assert.DoesNotContain("static class", text, StringComparison.Ordinal);
        Assert.DoesNotContain(generated.Problems, static problem => problem.Id == "CS8795");
    }

    private static GeneratedProject Generate(string attribute) => SourceProject.Of($$"""
        public partial class Service
        {
            private readonly Cache _cache = Cache.Default;

            public Cache Cache => _cache;

            [{{attribute}}]
            public partial string? Get(string id);

            private string? GetCore(string id) => id;
        }
        """).Generate();
}
