using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Invalidation;

/// <summary>A value set by hand is taken over by its method's region while it is invalidated.</summary>
public sealed class AdoptionStressTests
{
    [Theory]
    [InlineData("remove")]
    [InlineData("pattern")]
    [InlineData("clear")]
    public async Task What_is_invalidated_while_a_region_takes_it_over_is_not_served_afterwards(string how)
    {
        for (int round = 0; round < 3_000; round++)
        {
            using var cache = Cache.Create();
            cache.Set<string?>("server:1", "old");
            using var start = new Barrier(2);
            var region = Task.Run(() =>
            {
                start.SignalAndWait();
                return new TestMethod<string?>(cache);
            });
            var invalidation = Task.Run(async () =>
            {
                start.SignalAndWait();
                switch (how)
                {
                    case "remove":
                        cache.Remove("server:1");
                        break;
                    case "pattern":
                        cache.Invalidate("server:*");
                        break;
                    default:
                        await cache.ClearAsync("server:*");
                        break;
                }
            });
            await Task.WhenAll(region, invalidation);

            Assert.Equal("fresh", await (await region).GetAsync(1, "fresh"));
        }
    }
}
