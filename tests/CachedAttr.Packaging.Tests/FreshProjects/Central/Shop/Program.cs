using CachedAttr;
using Catalog;

await using var cache = Cache.Create();
var products = new Products(cache);
var prices = new Shop.Prices(cache);
Console.WriteLine((await products.GetProductAsync(1)).Name);
Console.WriteLine((await products.GetProductAsync(1)).Name);
await prices.ChangeAsync(1, 8.50m);
Console.WriteLine((await products.GetProductAsync(1)).Name);
await prices.ChangeAllAsync(0.9m);
Console.WriteLine((await products.GetProductAsync(1)).Name);

namespace Shop
{
    /// <summary>Changes what the library caches.</summary>
    internal sealed partial class Prices(Cache cache)
    {
        [InvalidateCache("product:{id}")]
        public partial Task ChangeAsync(int id, decimal price);

        private static Task ChangeCoreAsync(int id, decimal price) => Task.CompletedTask;

        [InvalidateCache(Tags = ["products"])]
        public partial Task ChangeAllAsync(decimal factor);

        private static Task ChangeAllCoreAsync(decimal factor) => Task.CompletedTask;
    }
}
