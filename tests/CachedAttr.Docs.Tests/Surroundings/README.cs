using System.Security.Claims;

public sealed record Order(int Id);

public sealed record Basket(int Items);

public interface OrderDb
{
    Task<IReadOnlyList<Order>> ListAsync(int page, string status);

    Task<Basket> BasketAsync(ClaimsPrincipal user);

    Task PlaceAsync(Basket basket);
}
