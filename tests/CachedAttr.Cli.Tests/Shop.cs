namespace CachedAttr.Cli.Tests;

public sealed record Offer(int Id, string Name, decimal Price, DateTime Until, IReadOnlyList<string> Colors);

/// <summary>What the commands look at.</summary>
public sealed partial class Shop(Cache cache)
{
    [Cached("offer:{id}", Ttl = 600)]
    public partial Task<Offer> GetOfferAsync(int id);

    [Cached("offers:{category}")]
    public partial Task<IReadOnlyList<Offer>> ListOffersAsync(string category);

    [InvalidateCache("offer:{id}", "offers:*")]
    public partial Task ChangeOfferAsync(int id);

    private Task<Offer> GetOfferCoreAsync(int id) =>
        Task.FromResult(new Offer(id, $"offer {id}", 9.99m, new(2026, 12, 24, 0, 0, 0, DateTimeKind.Utc), ["red", "grün"]));

    private Task<IReadOnlyList<Offer>> ListOffersCoreAsync(string category) => Task.FromResult<IReadOnlyList<Offer>>([]);

    private Task ChangeOfferCoreAsync(int id) => Task.CompletedTask;
}
