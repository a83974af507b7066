using Bookshop.Data;
using Bookshop.Domain;
using CachedAttr;

namespace Bookshop.Services;

public sealed partial class Orders(Cache cache, IOrderRepository orders, ICustomer customer) : IOrders
{
    [Cached("orders:{customer.Id}", Ttl = 300)]
    public partial Task<IReadOnlyList<Order>> MineAsync(CancellationToken ct);

    private Task<IReadOnlyList<Order>> MineCoreAsync(CancellationToken ct) => orders.OfCustomerAsync(customer.Id, ct);

    [InvalidateCache("orders:{customer.Id}", "book:{draft.BookIds}", "books:*")]
    public partial Task<Order?> PlaceAsync(OrderDraft draft, CancellationToken ct);

    private Task<Order?> PlaceCoreAsync(OrderDraft draft, CancellationToken ct) => orders.PlaceAsync(customer.Id, draft, ct);
}
