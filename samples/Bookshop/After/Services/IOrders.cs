using Bookshop.Domain;

namespace Bookshop.Services;

/// <summary>The orders of whoever asks.</summary>
public interface IOrders
{
    Task<IReadOnlyList<Order>> MineAsync(CancellationToken ct);

    /// <returns>The order; null if a book is missing or sold out.</returns>
    Task<Order?> PlaceAsync(OrderDraft draft, CancellationToken ct);
}
