using Microsoft.CodeAnalysis.CSharp;
using RoslynHarness;

namespace CachedAttr.Generators.Tests.Parsing;

/// <summary>While code is typed it is wrong most of the time: the generator must not throw, or the user loses all generated code at once.</summary>
public sealed class CodeBeingTypedTests
{
    private const string Source = """
        namespace Demo;
        public sealed record Filter<T>(T Value, IReadOnlyList<string> Tags) where T : ISpanFormattable, ISpanParsable<T>;
        public partial class Outer<TItem>
        {
            public readonly partial record struct Inner(Cache Store)
            {
                [Cached("x:{filter}:{id:D}-{user?.Id}", Ttl = 5, When = nameof(IsOn), Unless = nameof(IsOff))]
                public partial Task<TItem?> GetAsync<T>(Filter<T> filter, Guid id, [Sensitive] string user) where T : ISpanFormattable, ISpanParsable<T>;
                private Task<TItem?> GetCoreAsync<T>(Filter<T> filter, Guid id, string user) where T : ISpanFormattable, ISpanParsable<T> => null!;
                private bool IsOn(Guid id) => true;
                private bool IsOff(TItem? result) => true;
                [InvalidateCache("x:{result.Value}:*", Method = nameof(GetAsync), On = InvalidateOn.Success)]
                public partial ValueTask<Filter<int>> SaveAsync(Filter<int> filter, ref int count);
            }
        }
        """;

    [Fact]
    public void A_missing_token_breaks_nothing()
    {
        foreach (var token in CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens().Where((_, i) => i % 2 == 0))
            AssertRuns(Source.Remove(token.SpanStart, token.Span.Length));
    }

    [Fact]
    public void A_token_too_many_breaks_nothing()
    {
        string[] typed = ["<", "{", "partial", "int x,"];
        var tokens = CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens().Where((_, i) => i % 3 == 0).ToList();
        for (int i = 0; i < tokens.Count; i++)
            AssertRuns(Source.Insert(tokens[i].SpanStart, $" {typed[i % typed.Length]} "));
    }

    private static void AssertRuns(string source) => Assert.Null(SourceProject.Of(source).Generate().Exception);
}
