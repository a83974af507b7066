using CachedAttr.Tests.Coherence;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <summary>A source that has failed is left alone for a while.</summary>
public sealed class RetryDelayTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    [Fact]
    public async Task It_is_also_by_a_method_that_keeps_nothing_in_the_process()
    {
        var a = _nodes.Add();
        var method = new WatchedMethod(a.Cache, new() { Ttl = 10, StaleIfError = 60, Tiers = CacheTiers.Backend });
        await method.GetAsync(1, "v1");
        await method.WhenIdleAsync();
        _nodes.Time.Advance(TimeSpan.FromSeconds(11));
        int loads = 0;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("v1", await method.GetAsync(1, _ =>
            {
                loads++;
                throw new IOException("down");
            }));
        }

        Assert.Equal(1, loads);
        _nodes.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("v2", await method.GetAsync(1, "v2"));
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
