using Bookshop.Data;
using Bookshop.Domain;

namespace Bookshop.Services;

public sealed class Orders(IOrderRepository orders, ICustomer customer) : IOrders
{
    public Task<IReadOnlyList<Order>> MineAsync(CancellationToken ct) => orders.OfCustomerAsync(customer.Id, ct);

    public Task<Order?> PlaceAsync(OrderDraft draft, CancellationToken ct) => orders.PlaceAsync(customer.Id, draft, ct);
}
