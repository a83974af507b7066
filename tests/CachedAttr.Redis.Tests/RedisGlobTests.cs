using CachedAttr.Keys;

namespace CachedAttr.Redis.Tests;

public sealed class RedisGlobTests
{
    [Theory]
    [InlineData("server:*", "p[1]:", @"p\[1\]:server:*")]
    [InlineData("a?c", "", "a?*c")]
    [InlineData("a[x-z]c[!\\]]d", "", "a?*c?*d")]
    [InlineData(@"a\*\\b", "", @"a\*\\b")]
    [InlineData("値:?", "", "値:?*")]
    public void A_pattern_becomes_one_that_lets_through_at_least_as_much(string pattern, string prefix, string expected) =>
        Assert.Equal(expected, RedisGlob.Of(prefix, KeyPattern.Parse(pattern)));
}
