using System.Net;
using System.Security.Authentication;

namespace CachedAttr.Redis.Tests;

public sealed class RedisConnectionStringTests
{
    [Theory]
    [InlineData("redis://cache", "cache:6379")]
    [InlineData("redis://cache:6380/3", "cache:6380")]
    [InlineData("REDIS://10.0.0.1", "10.0.0.1:6379")]
    [InlineData("redis://[::1]:7000", "[::1]:7000")]
    [InlineData("redis://a,b:7001,c/0", "a:6379, b:7001, c:6379")]
    [InlineData("redis://s1,s2:7000/0?sentinel=mymaster", "mymaster at s1:26379, s2:7000")]
    [InlineData("cache", "cache:6379")]
    [InlineData("a:7000,b,ssl=true", "a:7000, b:6380")]
    [InlineData("s1:26379,serviceName=main", "main at s1:26379")]
    public void End_points_are_read(string text, string expected) => Assert.Equal(expected, RedisConnectionString.Parse(text).Description);

    [Fact]
    public void A_url_has_user_password_database_and_tls()
    {
        var target = RedisConnectionString.Parse("rediss://app%20one:p%40ss%3Aw%2F%2Crd@cache:6380/2?sslHost=redis.example");
        Assert.Equal(("app one", "p@ss:w/,rd", 2, true, "redis.example"), (target.User, target.Password, target.Database, target.IsTls, target.TlsHost));
        target = RedisConnectionString.Parse("redis://:secret@cache");
        Assert.Equal((null, "secret", null, false), (target.User, target.Password, target.Database, target.IsTls));
    }

    [Fact]
    public void A_client_string_keeps_its_settings()
    {
        var target = RedisConnectionString.Parse("cache:6380,user=app,password=secret,ssl=true,sslHost=redis.example,defaultDatabase=4,syncTimeout=700,sslProtocols=tls12|tls13");
        Assert.Equal(("app", "secret", 4, true, "redis.example"), (target.User, target.Password, target.Database, target.IsTls, target.TlsHost));
        Assert.Equal((700, SslProtocols.Tls12 | SslProtocols.Tls13), (target.Client!.SyncTimeout, target.Client.SslProtocols));
        Assert.Equal([new DnsEndPoint("cache", 6380)], target.EndPoints);
    }

    [Theory]
    [InlineData("http://cache", "redis:// or, for TLS, rediss://")]
    [InlineData("redis://", "there is no host")]
    [InlineData("redis://a,,b", "there is no host")]
    [InlineData("redis://cache:99999", "1 to 65535")]
    [InlineData("redis://cache:port", "1 to 65535")]
    [InlineData("redis://cache/zero", "number of a database")]
    [InlineData("redis://cache?sentinel", "master's name")]
    [InlineData("redis://cache?timeout=5", "no parameter 'timeout'")]
    [InlineData("redis://secret@cache", "no ':' before the '@'")]
    [InlineData("redis://:sec/ret@cache", "%2F")]
    [InlineData("redis://:sec?ret@cache", "%3F")]
    [InlineData("cache,foo=1", "Keyword 'foo'")]
    [InlineData("cache,connectTimeout=soon", "connectTimeout")]
    [InlineData("cache,password=sec,ret", "password with a comma")]
    [InlineData("cache,password=sec,ret=2", "password with a comma")]
    [InlineData("cache,channelPrefix=x", "channelPrefix")]
    [InlineData("cache,sslProtocols=ssl9", "sslProtocols")]
    [InlineData("password=secret", "no end point")]
    public void What_is_malformed_is_explained_and_no_password_is_shown(string text, string expected)
    {
        var exception = Assert.Throws<FormatException>(() => RedisConnectionString.Parse(text));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ret", exception.Message, StringComparison.Ordinal);
    }
}
