using CachedAttr.Telemetry;
using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Telemetry;

/// <summary>What logs tell of keys and arguments, which is as little as possible.</summary>
public sealed class LogTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Theory]
    [InlineData("server:1", "server:1")]
    [InlineData("0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789")]
    [InlineData("01234567890123456789012345678901234567890", "0123456789012345678901234567890123456789…")]
    [InlineData("a\r\nb\tc", "a··b·c")]
    public void A_key_is_shortened_and_one_line(string key, string shown) => Assert.Equal(shown, ShortKey.Of(key));

    [Fact]
    public async Task Of_a_long_key_only_the_head_is_logged()
    {
        var node = _nodes.Add(options => options.MaxEntrySize = 1024);
        string key = "a-report:" + new string('k', 50) + ":of-somebody";
        await node.GetAsync(key, new string('x', 5000));
        await node.Cache.SetAsync(key, new NoSerializerHas(1));

        foreach (string name in new[] { "EntryTooLarge", "NoSerializer" })
        {
            string line = node.Log.Last(name)!;
            Assert.Contains("a-report:kkk", line, StringComparison.Ordinal);
            Assert.DoesNotContain("of-somebody", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Items_that_a_loader_was_not_asked_for_are_counted_and_not_named()
    {
        var node = _nodes.Add();
        var method = new TestMethod<string>(node.Cache);
        await method.GetManyAsync([1, 2], static _ => [new(1, "a"), new(4711, "b"), new(4712, "c")]);

        Assert.Equal("Service.Get was asked for 2 items and returned 2 others: nothing is stored.", node.Log.Last("ForeignItems")!.Split(" A cached method")[0]);
    }

    private sealed record NoSerializerHas(int Id);
}
