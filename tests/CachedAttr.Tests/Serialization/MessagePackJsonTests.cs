using CachedAttr.Serialization;

namespace CachedAttr.Tests.Serialization;

public sealed class MessagePackJsonTests
{
    [Theory]
    [InlineData("c0", "null")]
    [InlineData("c3", "true")]
    [InlineData("2a", "42")]
    [InlineData("ff", "-1")]
    [InlineData("cfffffffffffffffff", "18446744073709551615")]
    [InlineData("d38000000000000000", "-9223372036854775808")]
    [InlineData("cb3ff8000000000000", "1.5")]
    [InlineData("cb7ff8000000000000", "\"NaN\"")]
    [InlineData("cbfff0000000000000", "\"-Infinity\"")]
    [InlineData("a3c3bc3c", "\"ü<\"")]
    [InlineData("c403010203", "\"AQID\"")]
    [InlineData("9301a1 61c0", "[1,\"a\",null]")]
    [InlineData("82a16101 02c3", "{\"a\":1,\"2\":true}")]
    [InlineData("81920102c0", "{\"[1,2]\":null}")]
    [InlineData("d6ff00000000", "\"1970-01-01T00:00:00Z\"")]
    [InlineData("d40500", "{\"extension\":5,\"data\":\"AA==\"}")]
    public void Each_type_has_its_json(string bytes, string json) => Assert.Equal(json, MessagePackJson.Write(new(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)))));

    [Theory]
    [InlineData("")]
    [InlineData("9301")]
    [InlineData("c0c0")]
    [InlineData("c1")]
    [InlineData("c9ffffffff05")]
    [InlineData("dd7fffffff")]
    public void Damaged_bytes_are_one_exception(string bytes) => Assert.Throws<MessagePackException>(() => MessagePackJson.Write(new(Convert.FromHexString(bytes))));

    [Fact]
    public void Nesting_is_limited()
    {
        byte[] deep = [.. Enumerable.Repeat((byte)0x91, 100_000), 0xC0];

        Assert.Throws<MessagePackException>(() => MessagePackJson.Write(new(deep)));
    }
}
