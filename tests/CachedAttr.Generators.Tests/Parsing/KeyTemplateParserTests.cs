using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Tests.Parsing;

public sealed class KeyTemplateParserTests
{
    [Theory]
    [InlineData("server:{id}", "server:|{id}")]
    [InlineData("{id}", "{id}")]
    [InlineData("report:{day:yyyy-MM-dd}.x", "report:|{day:yyyy-MM-dd}|.x")]
    [InlineData("time:{at:HH:mm}", "time:|{at:HH:mm}")]
    [InlineData("orders:{_tenant.Id}-{id}", "orders:|{_tenant.Id}|-|{id}")]
    public void A_template_is_literals_and_holes(string text, string expected)
    {
        Assert.True(KeyTemplateParser.TryParse(text, isPattern: false, out var parts, out _));
        Assert.Equal(expected, string.Join('|', parts.Select(part => part.Literal ?? $"{{{part.Text}{(part.Format is null ? "" : ":" + part.Format)}}}")));
    }

    [Theory]
    [InlineData("server:{id", 7, 3)]
    [InlineData("server}:", 0, 6)]
    [InlineData("server:{}", 7, 2)]
    [InlineData("server:{a b}", 7, 5)]
    [InlineData("server:{a()}", 7, 5)]
    [InlineData("server:{id:}", 7, 5)]
    [InlineData("server:*", 0, 7)]
    [InlineData("a server", 0, 1)]
    [InlineData("100%", 0, 3)]
    [InlineData("{a}{b}", 3, 3)]
    [InlineData("{a}1{b}", 3, 1)]
    [InlineData("{a}nothing", 3, 7)]
    public void What_cannot_be_read_back_is_refused_with_its_place(string text, int start, int length)
    {
        Assert.False(KeyTemplateParser.TryParse(text, isPattern: false, out _, out var error));
        Assert.Equal((start, length), (error.Start, error.Length));
    }

    [Theory]
    [InlineData("server:*")]
    [InlineData("{a}{b}")]
    [InlineData("[ab]?:{id}*")]
    [InlineData(@"literally\*")]
    public void A_pattern_has_wildcards(string text) => Assert.True(KeyTemplateParser.TryParse(text, isPattern: true, out _, out _));

    [Fact]
    public void An_escape_needs_something_to_escape() => Assert.False(KeyTemplateParser.TryParse("server\\", isPattern: true, out _, out _));
}
