using System.Security.Claims;

// Not cached here: what the compiler says of the orders must not speak of it.
public interface ServerService
{
    Task<Server?> GetServerAsync(int id, CancellationToken ct = default);
}

public sealed record Order(int Id);

public sealed record Basket(int Items);

public interface OrderDb
{
    Task<IReadOnlyList<Order>> ListAsync(int page, string status);

    Task<Basket> BasketAsync(ClaimsPrincipal user);

    Task PlaceAsync(Basket basket);
}
