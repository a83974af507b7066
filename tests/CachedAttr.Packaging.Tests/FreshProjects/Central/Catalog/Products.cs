using CachedAttr;

namespace Catalog;

/// <summary>What is sold.</summary>
/// <param name="Id">The number.</param>
/// <param name="Name">The name.</param>
/// <param name="Price">The price.</param>
public sealed record Product(int Id, string Name, decimal Price);

/// <summary>The products.</summary>
public sealed partial class Products(Cache cache)
{
    /// <summary>How often the source was asked.</summary>
    public int Loads { get; private set; }

    /// <summary>Gets a product.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The product.</returns>
    [Cached("product:{id}", Ttl = 300, Tags = ["products"])]
    public partial Task<Product> GetProductAsync(int id);

    private Task<Product> GetProductCoreAsync(int id) => Task.FromResult(new Product(id, $"product {id}, load {++Loads}", 9.90m));
}
