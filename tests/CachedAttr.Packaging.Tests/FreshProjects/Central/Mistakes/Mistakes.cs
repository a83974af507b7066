using CachedAttr;

namespace Mistakes;

public sealed partial class Stock(Cache cache)
{
    [Cached("stock:{id}")] // CATTR001
    public partial Task<int> GetStockAsync(int id);

    private static Task<int> GetStockCoreAsync(int id) => Task.FromResult(id);

    [Cached("product:{number}", Ttl = 60)] // CATTR023
    public partial Task<string> GetNameAsync(int number);

    private static Task<string> GetNameCoreAsync(int number) => Task.FromResult("name" + number);

    [InvalidateCache("product:{id}:price")] // CATTR030
    public partial Task ChangePriceAsync(int id);

    private static Task ChangePriceCoreAsync(int id) => Task.CompletedTask;

    [Cached("place:{id}", Ttl = 60)]
    public partial Task<string> GetPlaceAsync(int id); // CATTR012

    [Cached("price:{id}", Ttl = 60)]
    public partial Task<int> GetPriceAsync(int id, string currency); // CATTR021

    private static Task<int> GetPriceCoreAsync(int id, string currency) => Task.FromResult(id + currency.Length);

    [Cached("count", Ttl = 60)]
    public int GetCount() => 1; // CATTR010
}
