using CachedAttr.Telemetry;

namespace CachedAttr.Tests.Telemetry;

public sealed class InvalidationGraphTests
{
    [Theory]
    [InlineData("server:{id}", "S.Get S.Statistics")]
    [InlineData("server:{id}:*", "S.GetTools")]
    [InlineData("server:*", "S.Get S.GetTools S.Statistics")]
    [InlineData("server:statistics", "S.Get S.Statistics")]
    [InlineData("servers:{filter}", "S.List")]
    [InlineData("nobody:{id}", "")]
    [InlineData("*", "S.Get S.GetTools S.List S.Statistics")]
    public void A_hole_of_a_pattern_is_what_an_argument_may_be_and_a_wildcard_is_anything(string pattern, string concerned)
    {
        CachedMethodManifestAttribute[] cached =
        [
            new("N.S", "Get", "server:{id}"), new("N.S", "GetTools", "server:{id}:tools"), new("N.S", "List", "servers:{filter}"), new("N.S", "Statistics", "server:statistics"),
        ];

        var edge = Assert.Single(InvalidationGraph.Of(cached, [new("N.T", "Update", pattern)]).Edges);
        Assert.Equal(("T.Update", pattern), (edge.By, edge.Pattern));
        Assert.Equal(concerned, string.Join(' ', edge.Concerns.Order(StringComparer.Ordinal)));
    }
}
