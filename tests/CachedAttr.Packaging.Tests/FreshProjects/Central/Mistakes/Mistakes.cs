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

    [Cached("count", Ttl = 60)]
    public int GetCount() => 1; // CATTR010
}
