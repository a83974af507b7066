using Microsoft.CodeAnalysis.Text;
using RoslynHarness;

namespace CachedAttr.Generators.Tests;

public sealed class MarkedSourceTests
{
    [Fact]
    public void Marks_become_spans_of_the_text_without_them()
    {
        var source = MarkedSource.Parse("a[|bc|]d[||][|e[|f|]|]");

        Assert.Equal("abcdef", source.Text);
        Assert.Equal([TextSpan.FromBounds(1, 3), TextSpan.FromBounds(4, 4), TextSpan.FromBounds(4, 6), TextSpan.FromBounds(5, 6)], source.Spans.AsEnumerable());
    }

    [Fact]
    public void Attributes_and_logical_or_are_not_marks() => Assert.Empty(MarkedSource.Parse("[Cached] int[] x = a || b | c;").Spans);

    [Theory]
    [InlineData("[|a")]
    [InlineData("a|]")]
    public void A_mark_without_its_other_half_is_refused(string text) => Assert.Throws<FormatException>(() => MarkedSource.Parse(text));
}
