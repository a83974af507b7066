using CachedAttr.Testing;
using Catalog;

namespace Shop.Tests;

public sealed class ProductTests
{
    [Fact]
    public async Task AProductIsLoadedAgainAfterFiveMinutes()
    {
        await using var test = new TestCache();
        var products = new Products(test.Cache);
        await products.GetProductAsync(1);
        await products.GetProductAsync(1);
        test.AssertLoaded("Products.GetProductAsync", times: 1);
        test.Clock.Advance(301);
        await products.GetProductAsync(1);
        test.AssertLoaded("Products.GetProductAsync", times: 2);
        test.AssertHit("Products.GetProductAsync", times: 1);
    }
}
