using CachedAttr.CodeFixes.Expiry;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>A cached method gets a bound in time.</summary>
public sealed class AddTtlFixTests
{
    private static readonly VerifyFix<DeclarationAnalyzer, AddTtlFix> Fix = new("CATTR001");

    [Theory]
    [InlineData("[Cached]", "[Cached(Ttl = 300)]")]
    [InlineData("[Cached()]", "[Cached(Ttl = 300)]")]
    [InlineData("[Cached /* all */ ]", "[Cached(Ttl = 300) /* all */ ]")]
    [InlineData("[Cached(\"x\")]", "[Cached(\"x\", Ttl = 300)]")]
    [InlineData("[CachedAttr.CachedAttribute(key: \"x\")]", "[CachedAttr.CachedAttribute(key: \"x\", Ttl = 300)]")]
    [InlineData("[Cached(\n        \"x\", // the key\n        LocalCapacity = 5\n    )]", "[Cached(\n        \"x\", // the key\n        LocalCapacity = 5, Ttl = 300\n    )]")]
    [InlineData("[Obsolete, Cached(\"x\")]", "[Obsolete, Cached(\"x\", Ttl = 300)]")]
    [InlineData("[Cached(Ttl = double.PositiveInfinity, LocalCapacity = 5)]", "[Cached(Ttl = 300, LocalCapacity = 5)]")]
    [InlineData("[Cached(Ttl = 1 / 0.0 /* for ever */)]", "[Cached(Ttl = 300 /* for ever */)]")]
    public Task A_bound_is_set(string before, string after) => Fix.BecomesAsync(Service(before), Service(after));

    [Fact]
    public Task All_of_a_document_at_once() => Fix.AllBecomeAsync(
        """
        public partial class Service
        {
            [Cached]
            public partial int A();

            [Cached("b", Ttl = 5)]
            public partial int B();

            [Cached("c", Ttl = double.PositiveInfinity)]
            public partial int C();

            private int ACore() => 0;
            private int BCore() => 0;
            private int CCore() => 0;
        }

        """,
        """
        public partial class Service
        {
            [Cached(Ttl = 300)]
            public partial int A();

            [Cached("b", Ttl = 5)]
            public partial int B();

            [Cached("c", Ttl = 300)]
            public partial int C();

            private int ACore() => 0;
            private int BCore() => 0;
            private int CCore() => 0;
        }

        """);

    private static string Service(string attribute) => $"public partial class Service\n{{\n    {attribute}\n    public partial int Get(); // of the day\n    int GetCore() => 0;\n}}\n";
}
